package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.core.codeql.JobFacts;
import io.github.cachemesh.core.github.RepositoryName;
import io.github.cachemesh.core.github.RunScope;
import io.github.cachemesh.core.github.WorkflowFile;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the runner says of the job. Each method reads what it needs, so that a job without a cache
 * is asked for nothing; what is missing is an {@link io.github.cachemesh.actions.ActionFailure}
 * that names the variable.
 */
final class Surroundings {
  /** Turns the skips of a whole fleet off, as a variable of an organization or of a runner. */
  static final String KILL_SWITCH = "CACHEMESH_CODEQL_DISABLE";

  private static final String GITHUB_DOT_COM = "github.com";
  private static final String DYNAMIC = "dynamic";
  private static final String DEPENDABOT = "dependabot[bot]";
  private static final String BRANCH = "refs/heads/";

  private final RunnerEnvironment environment;
  private @Nullable Event read;

  Surroundings(ActionContext context) {
    this.environment = context.environment();
  }

  /**
   * What the job knows before anything is read or asked.
   *
   * @throws IOException when the event's file cannot be read
   */
  JobFacts facts(ScanRequest request, Secrets secrets) throws IOException {
    boolean killed = isSet(KILL_SWITCH);
    String event = event();
    boolean dynamic = event.equals(DYNAMIC);
    boolean quality = text("GITHUB_WORKFLOW_REF").startsWith("dynamic/github-code-quality/");
    return new JobFacts(
        request.enabled(),
        killed,
        Optional.empty(),
        request.force(),
        event,
        request.enabled() && !killed && isForeign(),
        isGithubDotCom(),
        dynamic && !quality,
        quality,
        environment.debug() && runAttempt() > 1,
        secrets.token().isPresent(),
        secrets.storeKey().isPresent());
  }

  private boolean isSet(String variable) {
    String value = text(variable).toLowerCase(Locale.ROOT);
    return !value.isEmpty() && !value.equals("false") && !value.equals("0");
  }

  /** Whose changes get neither secrets nor a token that may write. */
  boolean isForeign() throws IOException {
    if (text("GITHUB_ACTOR").equals(DEPENDABOT)
        || text("GITHUB_TRIGGERING_ACTOR").equals(DEPENDABOT)) {
      return true;
    }
    return isAboutPullRequest() && pullRequest().orElseThrow(Surroundings::noPullRequest).fork();
  }

  private boolean isGithubDotCom() {
    return GITHUB_DOT_COM.equals(environment.serverUrl().getHost());
  }

  private boolean isAboutPullRequest() {
    return event().startsWith("pull_request");
  }

  private static IOException noPullRequest() {
    return new IOException("the event's file names no pull request");
  }

  /** The pull request that the event is about; empty for other events. */
  Optional<Event.PullRequest> pullRequest() throws IOException {
    return isAboutPullRequest() ? eventFile().pullRequest() : Optional.empty();
  }

  /** Its name; empty where the event does not say. */
  String defaultBranch() throws IOException {
    return eventFile().defaultBranch();
  }

  private Event eventFile() throws IOException {
    if (read == null) {
      read =
          Event.read(
              environment
                  .eventFile()
                  .orElseThrow(() -> new IOException("GITHUB_EVENT_PATH names no file")));
    }
    return read;
  }

  long repositoryId() {
    return environment.repositoryId();
  }

  /**
   * The repository.
   *
   * @throws IOException when its name is none
   */
  RepositoryName repository() throws IOException {
    try {
      return RepositoryName.parse(environment.repository());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  URI api() {
    return environment
        .variable("CACHEMESH_UPSTREAM")
        .map(URI::create)
        .orElseGet(environment::apiUrl);
  }

  String event() {
    return text("GITHUB_EVENT_NAME");
  }

  /** In full, such as {@code refs/heads/main} or {@code refs/pull/7/merge}. */
  String ref() {
    return text("GITHUB_REF");
  }

  /** The commit that the run is for. */
  String sha() {
    return text("GITHUB_SHA");
  }

  String job() {
    return environment.job();
  }

  /** The id of our step, or what the runner makes up where it has none. */
  String step() {
    return text("GITHUB_ACTION");
  }

  long runId() {
    return environment.runId();
  }

  int runAttempt() {
    return Math.toIntExact(environment.runAttempt());
  }

  int runNumber() {
    return Math.toIntExact(environment.runNumber());
  }

  /** The file of the workflow that runs; empty where it is not in the repository. */
  Optional<WorkflowFile> workflow() {
    return WorkflowFile.ofRef(text("GITHUB_WORKFLOW_REF"));
  }

  /** The commit at which the workflow was read. */
  String workflowSha() {
    return text("GITHUB_WORKFLOW_SHA");
  }

  /** Which runs bring analyses to the same ref. */
  RunScope scope() throws IOException {
    Optional<Event.PullRequest> pull = pullRequest();
    if (pull.isPresent()) {
      return new RunScope.PullRequest(pull.get().number(), pull.get().headRef());
    }
    String ref = ref();
    return new RunScope.Branch(ref.startsWith(BRANCH) ? ref.substring(BRANCH.length()) : ref);
  }

  /** Whether the machine is GitHub's, or says by a variable of the job what it is. */
  boolean tellsItsImage() {
    return environment.variables().containsKey("ImageVersion");
  }

  private String text(String variable) {
    return environment.variable(variable).orElse("");
  }
}
