package io.github.cachemesh.core.codeql;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the workflow tells CodeQL, word by word; empty texts stand for what it leaves out.
 *
 * @param languages separated by commas
 * @param toolsVersion of the CLI, such as {@code 2.25.6}
 * @param category of the analyze step
 * @param tracedBuilds whether results may stand for builds that would be observed
 * @param ignoreChanges patterns of files whose changes may be left out of account; empty for none
 */
public record ScanSettings(
    String languages,
    String buildMode,
    String queries,
    String packs,
    String configFile,
    String config,
    String sourceRoot,
    String category,
    String toolsVersion,
    boolean tracedBuilds,
    Set<String> ignoreChanges) {
  public ScanSettings {
    ignoreChanges = Collections.unmodifiableSortedSet(new TreeSet<>(ignoreChanges));
  }
}
