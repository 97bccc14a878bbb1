package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one phase of a step came to.
 *
 * @param exitCode of its process; -1 when there was none or it had to be killed
 * @param outputs what it set, unmasked
 * @param summary its page, masked as the runner shows it
 * @param log its lines, masked as the runner shows them
 */
public record StepResult(
    String id,
    Phase phase,
    Outcome outcome,
    int exitCode,
    Duration duration,
    Map<String, String> outputs,
    List<Issue> issues,
    String summary,
    String log) {

  public StepResult {
    outputs = Map.copyOf(outputs);
    issues = List.copyOf(issues);
  }

  /** How a step ended. */
  public enum Outcome {
    SUCCESS,
    FAILURE,
    SKIPPED
  }

  /**
   * A notice, warning or error of a step, masked.
   *
   * @param properties such as {@code file} and {@code line}
   */
  public record Issue(Level level, String message, Map<String, String> properties) {
    public Issue {
      properties = Map.copyOf(properties);
    }
  }

  /** How grave an {@link Issue} is. */
  public enum Level {
    NOTICE,
    WARNING,
    ERROR
  }

  static StepResult skipped(String id, Phase phase) {
    return new StepResult(
        id, phase, Outcome.SKIPPED, -1, Duration.ZERO, Map.of(), List.of(), "", "");
  }

  public boolean succeeded() {
    return outcome == Outcome.SUCCESS;
  }

  /** The messages of that level. */
  public List<String> messages(Level level) {
    return issues.stream().filter(issue -> issue.level() == level).map(Issue::message).toList();
  }
}
