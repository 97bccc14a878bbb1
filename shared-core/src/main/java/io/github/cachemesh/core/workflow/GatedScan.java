package io.github.cachemesh.core.workflow;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of the scan that our step gates. Only {@link Declared} may ever be skipped:
 * whatever is not understood is {@link Undeclared}.
 */
public sealed interface GatedScan {

  /**
   * The job's init and analyze steps do exactly what our inputs say, run only while our step has
   * not said {@code should-skip-scan}, and an upload-sarif step publishes what it found otherwise.
   *
   * @param actionSha the commit of github/codeql-action, 40 lower-case hexadecimal digits
   * @param toolsVersion the CodeQL CLI's, {@code 2.25.6}
   * @param settings our deciding inputs by name, trimmed; an input that is left out is the empty
   *     text, as it is for CodeQL
   * @param analysisKey {@code <workflow path>:<job id>}, GitHub's name for the configuration
   * @param matrix whether the job has a matrix
   */
  record Declared(
      String actionSha,
      String toolsVersion,
      SortedMap<String, String> settings,
      String analysisKey,
      boolean matrix,
      Recipe recipe)
      implements GatedScan {
    public Declared {
      settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }
  }

  /** What would run is named by something that moves: a tag, a branch, the latest tools. */
  record Unpinned(String why) implements GatedScan {}

  /**
   * @param why one line that names the workflow's line and the remedy, and quotes no value
   */
  record Undeclared(String why) implements GatedScan {}

  /**
   * Finds the scan that our step gates.
   *
   * @param jobId {@code GITHUB_JOB}
   * @param action {@code GITHUB_ACTION}, our step's id
   * @param inputs our own inputs as the runner evaluated them, by their names in action.yml
   */
  static GatedScan find(
      RunningWorkflow workflow, String jobId, String action, Map<String, String> inputs) {
    return ScanSearch.search(workflow, jobId, action, inputs);
  }
}
