package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.runner.StepResult.Issue;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a step's output line by line, carries out its commands, and keeps what a reader would see:
 * what was logged before a secret was masked stays readable, as on the runner. Holds at most 16 Mi
 * characters; a step that logs more fails. Thread-safe.
 */
final class StepLog {
  private static final int MAX_CHARS = 16 * 1024 * 1024;

  private final SecretMasker masker;
  private final Flavour flavour;
  private final boolean debug;
  private final Consumer<String> echo;
  private final StringBuilder shown = new StringBuilder();
  private final StringBuilder written = new StringBuilder();
  private final List<Issue> issues = new ArrayList<>();
  private @Nullable String resumeToken;
  private boolean failed;
  private boolean closed;

  /**
   * @param echo gets each line as shown, while the step runs
   */
  StepLog(SecretMasker masker, Flavour flavour, boolean debug, Consumer<String> echo) {
    this.masker = masker;
    this.flavour = flavour;
    this.debug = debug;
    this.echo = echo;
  }

  /** One line of the step's output. */
  synchronized void accept(String line) {
    if (closed) {
      return;
    }
    if (written.length() + line.length() > MAX_CHARS) {
      closed = true;
      failed = true;
      return;
    }
    Optional<WorkflowCommand> command = WorkflowCommand.parse(line, flavour);
    if (!command.map(WorkflowCommand::name).orElse("").equals("add-mask")) {
      written.append(line).append('\n');
    }
    if (resumeToken != null) {
      resume(line, command);
    } else if (command.isEmpty() || !process(command.get())) {
      show(line);
    }
  }

  /** Records an error of the runner itself about this step. */
  synchronized void error(String message) {
    issue(Level.ERROR, message, Map.of());
  }

  /** What the runner or an action says under debug logging only. */
  synchronized void debug(String message) {
    if (debug) {
      show("##[debug]" + message);
    }
  }

  /** Ends the log: what a process left behind still writes is not part of it. */
  synchronized void close() {
    closed = true;
  }

  synchronized String shown() {
    return shown.toString();
  }

  /** What the step wrote, unmasked, save the commands that mask. */
  synchronized String written() {
    return written.toString();
  }

  synchronized List<Issue> issues() {
    return List.copyOf(issues);
  }

  /** Whether a command could not be carried out, or the log grew too large. */
  synchronized boolean failed() {
    return failed;
  }

  private void resume(String line, Optional<WorkflowCommand> command) {
    if (command.map(WorkflowCommand::name).orElse("").equals(resumeToken)) {
      resumeToken = null;
    }
    show(line);
  }

  /** Whether the runner knows the command; if not, its line is plain text. */
  private boolean process(WorkflowCommand command) {
    switch (command.name()) {
      case "add-mask" -> masker.add(command.data());
      case "notice" -> issue(Level.NOTICE, command.data(), command.properties());
      case "warning" -> issue(Level.WARNING, command.data(), command.properties());
      case "error" -> issue(Level.ERROR, command.data(), command.properties());
      case "debug" -> debug(command.data());
      case "group" -> show("##[group]" + command.data());
      case "endgroup" -> show("##[endgroup]");
      case "echo", "add-matcher", "remove-matcher" -> {
        // These change how a log looks on GitHub, which nothing here depends on.
      }
      case "stop-commands" -> resumeToken = command.data();
      case "set-env", "add-path", "set-output", "save-state" -> {
        failed = true;
        issue(Level.ERROR, "The command '" + command.name() + "' is disabled", Map.of());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void issue(Level level, String message, Map<String, String> properties) {
    Map<String, String> masked = new LinkedHashMap<>();
    properties.forEach((key, value) -> masked.put(key, masker.mask(value)));
    issues.add(new Issue(level, masker.mask(message), masked));
    show("##[" + level.name().toLowerCase(Locale.ROOT) + "]" + message);
  }

  private void show(String text) {
    String masked = masker.mask(text);
    shown.append(masked).append('\n');
    echo.accept(masked);
  }
}
