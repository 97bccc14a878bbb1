package io.github.cachemesh.core.codeql;

import java.util.Map;
import java.util.Optional;

/**
 * What a scan would find besides its settings.
 *
 * @param checkoutDigest proof of the whole checkout
 * @param projectedDigest of the checkout without the files that {@code ignore-changes} drops, when
 *     there are such patterns
 * @param configFile what {@code config-file} names, when it names one and it could be read
 * @param actionSha the full commit of the CodeQL action
 * @param analysisKey {@code <workflow path>:<job>}
 * @param matrix the job's matrix as JSON; {@code null} or empty for none
 * @param environment of the job, all of it; what does not count is left out by the key
 * @param properties of the repository, or empty when GitHub did not say
 * @param workflowSha256 of the running workflow's bytes
 * @param buildRecipeSha256 of the text of the steps between init and analyze
 */
public record ScanSite(
    long repositoryId,
    String checkoutDigest,
    Optional<String> projectedDigest,
    Optional<ConfigFile> configFile,
    String actionSha,
    String analysisKey,
    String matrix,
    Runner runner,
    Map<String, String> environment,
    Optional<Map<String, String>> properties,
    String workflowSha256,
    String buildRecipeSha256) {
  public ScanSite {
    environment = Map.copyOf(environment);
    properties = properties.map(Map::copyOf);
  }

  /** Without the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "ScanSite[" + analysisKey + " of " + repositoryId + "]";
  }
}
