package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.codeql.Cacheability;
import io.github.cachemesh.core.codeql.Evidence.PendingRuns;
import io.github.cachemesh.core.codeql.Partial;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.git.Projection;
import io.github.cachemesh.core.workflow.CodeqlEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * All that is read and asked before anything stored is looked at, begun at once: the workflow,
 * every file of the checkout, and what GitHub knows. Within {@link #LIMIT} altogether.
 */
final class Inquiry implements AutoCloseable {
  /** How long a job may be held up before it scans. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final ScanRequest request;
  private final Surroundings surroundings;
  private final Map<String, String> environment;
  private final Tasks tasks = new Tasks(LIMIT);
  private final Tasks.Finding<WorkTree> tree;
  private final Tasks.Finding<GitHubQuestions> github;
  private final Tasks.Finding<Declaration> declaration;
  private final Tasks.Finding<WorkTree.Examination> examination;
  private final Tasks.Finding<Optional<Projection>> projection;
  private final Tasks.Finding<Optional<Map<String, String>>> properties;
  private final Tasks.Finding<PendingRuns> olderRuns;
  private Scan.@Nullable Moment moment;

  /**
   * @param questions makes the client, which takes as long as to open the checkout
   */
  Inquiry(
      ScanRequest request,
      Surroundings surroundings,
      Map<String, String> environment,
      JobFolders folders,
      Callable<GitHubQuestions> questions) {
    this.request = request;
    this.surroundings = surroundings;
    this.environment = environment;
    this.tree = tasks.start(() -> WorkTree.open(folders.workspace(), request));
    this.examination = tasks.start(() -> tree().examine());
    this.projection = tasks.start(() -> tree().projected(examination()));
    this.github = tasks.start(questions);
    this.properties = tasks.start(() -> github().properties());
    this.olderRuns = tasks.start(() -> github().olderRuns(surroundings));
    this.declaration =
        tasks.start(
            () ->
                Declaration.of(
                    WorkflowText.read(
                        surroundings, tree().checkout(), Optional.of(github().files())),
                    surroundings,
                    request));
  }

  Tasks tasks() {
    return tasks;
  }

  WorkTree tree() throws IOException {
    return tree.get();
  }

  GitHubQuestions github() throws IOException {
    return github.get();
  }

  Declaration declaration() throws IOException {
    return declaration.get();
  }

  WorkTree.Examination examination() throws IOException {
    return examination.get();
  }

  PendingRuns olderRuns() throws IOException {
    return olderRuns.get();
  }

  Optional<Projection> projection() throws IOException {
    return projection.get();
  }

  /** The pull request whose changes alone a partial result is about. */
  Optional<Partial> pullRequest() throws IOException {
    Optional<Event.PullRequest> pull = surroundings.pullRequest();
    return pull.isPresent() && examination() instanceof WorkTree.Examination.Proven proven
        ? Optional.of(new Partial(pull.get().number(), proven.state().tree(), pull.get().baseSha()))
        : Optional.empty();
  }

  /** The key of the scan, or why it has none; asked for when workflow and checkout are proven. */
  Cacheability cacheability() throws IOException {
    if (!(declaration() instanceof Declaration.Made made)) {
      return refused(Reason.UNDECLARED, "The workflow does not declare the scan.");
    }
    if (!(examination() instanceof WorkTree.Examination.Proven proven)) {
      return refused(Reason.NO_CHECKOUT, "The checkout proves nothing.");
    }
    if (CodeqlEnvironment.of(environment) instanceof CodeqlEnvironment.Unfit(var name, var why)) {
      return refused(Reason.UNSUPPORTED_ENVIRONMENT, "The variable " + name + " is set: " + why);
    }
    if (!surroundings.tellsItsImage()) {
      return refused(
          Reason.UNSUPPORTED_ENVIRONMENT,
          "A container does not see the machine's variables. Export ImageVersion, and those of"
              + " CodeQL, in a step before this one, as the README's workflow does.");
    }
    moment =
        new Scan.Moment(
            proven.state().digest(),
            projection().map(Projection::digest),
            ConfigFiles.read(request.scan("config-file"), proven.checkout(), Optional.of(github())),
            environment,
            properties.get());
    Scan scan = Scan.of(request, surroundings, made, moment);
    return Cacheability.of(scan.settings(), scan.site());
  }

  /** What {@link #cacheability} has gone by; empty when it did not come to that. */
  Optional<Scan.Moment> moment() {
    return Optional.ofNullable(moment);
  }

  private static Cacheability refused(Reason reason, String detail) {
    return new Cacheability.NotCacheable(new Refusal(reason, detail));
  }

  @Override
  public void close() {
    tasks.close();
    try {
      tree().close();
    } catch (IOException _) {
      // It was not opened.
    }
  }
}
