package io.github.cachemesh.core.sarif;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One run of a file.
 *
 * @param tool name of the driver
 * @param toolVersion its {@code semanticVersion}
 * @param category {@code automationDetails.id}, as written
 * @param executionSuccessful there is an invocation and none says otherwise
 * @param incrementalMode {@code properties.incrementalMode}: the results are partial
 * @param configSummary {@code properties.codeqlConfigSummary} as JSON without white space
 * @param packs extensions in their order
 * @param hasResults {@code results} is an array; without it the tool did not look
 * @param extraction if the file tells of any extracted or expected file
 * @param artifactPaths of its artifacts and results, as in {@link SarifResult#path}
 */
public record SarifRun(
    String tool,
    Optional<String> toolVersion,
    Optional<String> category,
    boolean executionSuccessful,
    Optional<String> incrementalMode,
    Optional<String> configSummary,
    List<Pack> packs,
    boolean hasResults,
    List<SarifResult> results,
    Optional<Extraction> extraction,
    Set<String> artifactPaths,
    RunSizes sizes) {

  public SarifRun {
    packs = List.copyOf(packs);
    results = List.copyOf(results);
    artifactPaths = Set.copyOf(artifactPaths);
  }

  /** Without alerts. */
  @Override
  public String toString() {
    return tool + " " + toolVersion.orElse("?") + ", " + results.size() + " results";
  }
}
