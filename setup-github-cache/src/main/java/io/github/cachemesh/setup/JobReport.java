package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.actions.Outputs;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Origin;
import io.github.cachemesh.core.config.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Tells the job how main ended: every output each time, and one warning at most. */
final class JobReport {
  private static final String DEFAULT_API = "https://api.github.com";
  // The runner shows ten annotations of a kind per step.
  private static final int MAX_WARNINGS = 9;

  private final ActionContext context;

  JobReport(ActionContext context) {
    this.context = context;
  }

  void own(JobNode node, JobPlace place) {
    outputs(
        CacheStatus.SUCCESS,
        node.apiUrl(),
        node.containerApiUrl().isEmpty() ? githubApi() : node.containerApiUrl(),
        place.socketForSteps().map(Path::toString).orElse(""),
        node.cacheDir().toString(),
        node.statsFile().toString());
  }

  void foreign(URI node) {
    outputs(CacheStatus.SUCCESS, node.toString(), node.toString(), "", "", "");
    context.commands().info("The cache node at " + node + " is used; it belongs to somebody else.");
  }

  void disabled() {
    outputs(CacheStatus.DISABLED, githubApi(), githubApi(), "", "", "");
    context
        .commands()
        .info("The API cache is disabled: the configuration has cache.enabled: false.");
  }

  void fallback(Exception e) {
    Annotation place = Annotation.titled(context.metadata().name());
    String reason =
        switch (e) {
          case ActionFailure failure -> failure.getMessage() + "\n" + failure.remedy();
          case InvalidConfigurationException invalid -> {
            place = place(invalid.problems(), place);
            yield invalid.getMessage() + "\nCorrect what is named above.";
          }
          case IOException failure ->
              "The cache cannot be set up: "
                  + FailureReason.of(failure)
                  + ".\nIf that is about a folder, set 'cache-dir' to one that this runner's user"
                  + " may write to; or name a node that runs elsewhere in 'node-url'.";
          default ->
              "Internal error: "
                  + e.getClass().getName()
                  + ".\nRun the workflow again with debug logging and report what it shows.";
        };
    context
        .commands()
        .warning("This job goes straight to GitHub, without the API cache. " + reason, place);
    if (context.environment().debug()) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      context.commands().debug(trace.toString());
    }
    outputs(CacheStatus.FALLBACK, githubApi(), githubApi(), "", "", "");
  }

  private static Annotation place(List<Problem> problems, Annotation otherwise) {
    return problems.stream()
        .map(Problem::origin)
        .filter(Origin.FileLine.class::isInstance)
        .map(Origin.FileLine.class::cast)
        .findFirst()
        .map(line -> Annotation.at(line.file(), line.line()))
        .orElse(otherwise);
  }

  /** What is odd about the configuration but does no harm. */
  void oddities(List<Problem> warnings) {
    warnings.stream()
        .limit(MAX_WARNINGS)
        .forEach(
            warning ->
                context
                    .commands()
                    .warning(warning.toString(), place(List.of(warning), Annotation.NONE)));
  }

  private void outputs(
      CacheStatus status,
      String apiUrl,
      String containerApiUrl,
      String socket,
      String cacheDir,
      String statsFile) {
    Outputs outputs = context.outputs();
    outputs.set("cache-status", status.output());
    outputs.set("peer-count", "0");
    outputs.set("cache-dir", cacheDir);
    outputs.set("api-url", apiUrl);
    outputs.set("container-api-url", containerApiUrl);
    outputs.set("socket-path", socket);
    outputs.set("stats-file", statsFile);
  }

  /** The runner's own, so that {@code api-url} works in any case. */
  private String githubApi() {
    return context.environment().variable("GITHUB_API_URL").orElse(DEFAULT_API);
  }
}
