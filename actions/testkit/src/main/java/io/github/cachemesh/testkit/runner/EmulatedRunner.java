package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.docker.Docker;
import io.github.cachemesh.testkit.oidc.OidcIssuer;
import io.github.cachemesh.testkit.oidc.TokenRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A runner installation below one folder that runs one job after another as GitHub's runner does,
 * and fails on jobs that leak masked values. {@code RUNNER_TEMP} is emptied before and after each
 * job, tool cache and workspace are kept. For one thread at a time.
 */
public final class EmulatedRunner {
  private final RunnerFolders folders;
  private Flavour flavour = Flavour.GITHUB_HOSTED;
  private RunnerUser user = new RunnerUser.Current();
  private @Nullable Docker docker;
  private @Nullable OidcIssuer issuer;
  private boolean debug;
  private Duration stepTimeout = Duration.ofMinutes(5);
  private Consumer<String> echo = _ -> {};
  private final Map<String, String> hostEnv = new LinkedHashMap<>();

  private EmulatedRunner(Path root) {
    this.folders = RunnerFolders.under(root);
    hostEnv.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    hostEnv.put("LANG", "C.UTF-8");
  }

  /** A GitHub-hosted runner in that folder, which is made when the first job runs. */
  public static EmulatedRunner in(Path root) {
    return new EmulatedRunner(root);
  }

  public EmulatedRunner flavour(Flavour newFlavour) {
    this.flavour = newFlavour;
    return this;
  }

  /** Sets a variable of the host, which {@code run:} steps see and container actions do not. */
  public EmulatedRunner hostEnv(String variable, String value) {
    hostEnv.put(variable, value);
    return this;
  }

  /** Runs jobs with debug logging. */
  public EmulatedRunner debug(boolean on) {
    this.debug = on;
    return this;
  }

  /** The time after which a step is killed and fails; 5 minutes unless set. */
  public EmulatedRunner stepTimeout(Duration timeout) {
    this.stepTimeout = timeout;
    return this;
  }

  /** Has each log line shown as it comes, masked. */
  public EmulatedRunner echo(Consumer<String> listener) {
    this.echo = listener;
    return this;
  }

  /**
   * Has the runner run as another user, who then owns its folders and runs its host steps. Only
   * root may do so, and that user must be able to reach the folder of the runner.
   */
  public EmulatedRunner owner(int uid, int gid) {
    this.user = new RunnerUser.Other(uid, gid);
    return this;
  }

  /** The Docker that jobs with {@code container:} or {@code services:} need. */
  public EmulatedRunner docker(Docker client) {
    this.docker = client;
    return this;
  }

  /** Who makes the tokens of jobs that have {@code id-token: write}; act has nobody. */
  public EmulatedRunner issuer(OidcIssuer ofTokens) {
    this.issuer = ofTokens;
    return this;
  }

  public RunnerFolders folders() {
    return folders;
  }

  Flavour flavour() {
    return flavour;
  }

  boolean debug() {
    return debug;
  }

  Duration stepTimeout() {
    return stepTimeout;
  }

  Consumer<String> echo() {
    return echo;
  }

  RunnerUser user() {
    return user;
  }

  Docker docker() {
    if (docker == null) {
      throw new IllegalStateException("the job has containers; give the runner a Docker");
    }
    return docker;
  }

  /** Lets the job request tokens, if it may. */
  Optional<TokenRequests> tokenRequests(Job job) {
    return issuer == null || !job.mayRequestIdTokens() || flavour == Flavour.ACT
        ? Optional.empty()
        : Optional.of(issuer.permit(job.claims(flavour)));
  }

  Map<String, String> hostEnv() {
    return hostEnv;
  }

  /**
   * Runs a job to its end, posts and clean-up included. That a step failed is in the result.
   *
   * @throws SecretLeakException when a masked value is where it must not be
   * @throws IllegalArgumentException for an expression or condition the emulator does not know
   * @throws IOException when the runner's own files or a process fail
   */
  public JobResult run(Job job) throws IOException, InterruptedException {
    prepare(job);
    JobRun run = new JobRun(this, job);
    try {
      List<Long> killed;
      try {
        run.steps();
      } finally {
        killed = run.killOrphans();
      }
      JobResult result = run.result(killed);
      List<String> leaks = run.leaks();
      if (!leaks.isEmpty()) {
        throw new SecretLeakException(leaks, result);
      }
      return result;
    } finally {
      user.empty(folders.temp());
    }
  }

  private void prepare(Job job) throws IOException {
    provide(folders.root(), folders.home(), folders.externals());
    provide(folders.work(), folders.temp(), folders.toolCache(), folders.actions());
    provide(folders.runnerWorkspace(), folders.workspace());
    user.empty(folders.temp());
    provide(folders.actionHome(), folders.workflow(), folders.fileCommands());
    user.own(Files.writeString(folders.workflow().resolve("event.json"), job.event()));
  }

  private void provide(Path... made) throws IOException {
    for (Path folder : made) {
      user.own(Files.createDirectories(folder));
    }
  }
}
