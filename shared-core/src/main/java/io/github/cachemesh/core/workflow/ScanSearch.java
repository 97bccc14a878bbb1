package io.github.cachemesh.core.workflow;

import java.util.Map;

/** Looks for the scan that a step gates; the first doubt ends the search. */
final class ScanSearch {
  private ScanSearch() {}

  static GatedScan search(
      RunningWorkflow workflow, String jobId, String action, Map<String, String> inputs) {
    try {
      throw Doubt.undeclared(workflow.root().line(), jobId + action + inputs.size());
    } catch (Doubt e) {
      return e.verdict(workflow.path());
    }
  }
}
