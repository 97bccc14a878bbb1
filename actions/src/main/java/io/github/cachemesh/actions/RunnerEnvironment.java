package io.github.cachemesh.actions;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the runner says of itself and of the job, read from the environment when asked for. A method
 * throws {@link ActionFailure} when the runner left its variable out or filled it with nonsense.
 */
public final class RunnerEnvironment {
  private static final String OUTPUT = "GITHUB_OUTPUT";

  private final Map<String, String> env;
  private final Map<String, String> here;
  private final RunnerKind kind;

  public RunnerEnvironment(Map<String, String> env) {
    this.env = Map.copyOf(env);
    this.kind = RunnerKind.of(this.env);
    this.here =
        kind instanceof RunnerKind.ActHost
            ? Map.copyOf(ActPaths.translated(this.env, Files::exists, Path.of("").toAbsolutePath()))
            : this.env;
  }

  public RunnerKind kind() {
    return kind;
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
  }

  /** All variables as the runner set them, unmodifiable. They hold tokens: not for logs. */
  public Map<String, String> variables() {
    return env;
  }

  /** The same with the paths that the runner's files have in this process's file system. */
  Map<String, String> here() {
    return here;
  }

  public Path workspace() {
    require("GITHUB_WORKSPACE");
    return Path.of(String.valueOf(here.get("GITHUB_WORKSPACE")));
  }

  /**
   * The folder of the files through which this step speaks to the runner, as this process sees it.
   * {@link #variable} tells how the runner names them.
   */
  public Path commandFolder() {
    require(OUTPUT);
    Path folder = Path.of(String.valueOf(here.get(OUTPUT))).getParent();
    if (folder == null) {
      throw invalid(OUTPUT, "names no file in a folder", null);
    }
    return folder;
  }

  /** The file that holds the event, as JSON; empty where the runner has none. */
  public Optional<Path> eventFile() {
    return Optional.ofNullable(here.get("GITHUB_EVENT_PATH"))
        .filter(path -> !path.isEmpty())
        .map(Path::of);
  }

  /** Emptied before and after each job. */
  public Path temp() {
    return Path.of(require("RUNNER_TEMP"));
  }

  /** Kept between jobs of a self-hosted runner; not mounted into container actions. */
  public Path toolCache() {
    return Path.of(require("RUNNER_TOOL_CACHE"));
  }

  /** {@code owner/name}. */
  public String repository() {
    return require("GITHUB_REPOSITORY");
  }

  /** Stays when the repository is renamed or moved. */
  public long repositoryId() {
    return number("GITHUB_REPOSITORY_ID");
  }

  public long runId() {
    return number("GITHUB_RUN_ID");
  }

  /** Counts from 1. */
  public long runAttempt() {
    return number("GITHUB_RUN_ATTEMPT");
  }

  /** Counts the runs of the workflow from 1; a later attempt keeps it. */
  public long runNumber() {
    return number("GITHUB_RUN_NUMBER");
  }

  /** The job's key in the workflow file. */
  public String job() {
    return require("GITHUB_JOB");
  }

  public String runnerName() {
    return require("RUNNER_NAME");
  }

  /** {@code https://github.com}, or a GitHub Enterprise host. */
  public URI serverUrl() {
    return url("GITHUB_SERVER_URL");
  }

  /** {@code https://api.github.com}, or a GitHub Enterprise host's API. */
  public URI apiUrl() {
    return url("GITHUB_API_URL");
  }

  /** Whether the workflow runs with debug logging. */
  public boolean debug() {
    return "1".equals(env.get("RUNNER_DEBUG"));
  }

  /** Names the kind only: the environment holds tokens. */
  @Override
  public String toString() {
    return "RunnerEnvironment[" + kind + "]";
  }

  private long number(String name) {
    String value = require(name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw invalid(name, "is no number", e);
    }
  }

  private URI url(String name) {
    try {
      URI url = URI.create(require(name));
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(name, "is no URL", e);
    }
    throw invalid(name, "is no URL", null);
  }

  private String require(String name) {
    return variable(name).orElseThrow(() -> invalid(name, "is not set", null));
  }

  private static ActionFailure invalid(String name, String problem, @Nullable Throwable cause) {
    String remedy = "Run this action in a workflow; the runner sets " + name + ".";
    String message = "The environment variable " + name + " " + problem + ".";
    return cause == null
        ? new ActionFailure(message, remedy)
        : new ActionFailure(message, remedy, cause);
  }
}
