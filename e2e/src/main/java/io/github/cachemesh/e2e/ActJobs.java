package io.github.cachemesh.e2e;

import io.github.cachemesh.testkit.clients.ClientProcess;
import io.github.cachemesh.testkit.clients.ClientRun;
import io.github.cachemesh.testkit.clients.Gh;
import io.github.cachemesh.testkit.docker.Docker;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Jobs of act on this host, with action and node in containers. act has a home of its own, and so
 * the node does. A job may take {@link #LIMIT}.
 */
final class ActJobs implements JobForm {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String WORKFLOW = "demo.yml";
  private static final String ACTION = "setup-github-cache/action.yml";
  // Should the demo be killed.
  private static final String LINGER_SECONDS = "60";

  private final Path act;
  private final Docker docker;
  private final GitHubSimulator github;
  private final Workload workload;
  private final Path home;
  private final Path repository;
  private final Path cache;
  private final Path ghDirect;

  private ActJobs(Path act, Docker docker, Path folder, GitHubSimulator github, Workload workload) {
    this.act = act;
    this.docker = docker;
    this.github = github;
    this.workload = workload;
    this.home = folder.resolve("home");
    this.repository = folder.resolve("repository");
    this.cache = folder.resolve("cache");
    this.ghDirect = folder.resolve("gh-direct");
  }

  /**
   * Makes a repository with the workflow.
   *
   * @param folder for all of it; empty
   */
  static ActJobs in(Path folder, Path act, Docker docker, GitHubSimulator github, Workload workload)
      throws IOException {
    ActJobs jobs = new ActJobs(act, docker, folder, github, workload);
    jobs.prepare();
    return jobs;
  }

  private void prepare() throws IOException {
    Files.createDirectory(home);
    Files.createDirectory(cache);
    Gh.writeSocketSetting(ghDirect, github.socket().orElseThrow());
    Path action = repository.resolve(ACTION);
    Files.createDirectories(action.getParent());
    Files.copy(Path.of(ACTION), action);
    try (InputStream workflow = ActJobs.class.getResourceAsStream(WORKFLOW)) {
      if (workflow == null) {
        throw new IllegalStateException("no resource " + WORKFLOW);
      }
      Files.copy(workflow, repository.resolve(WORKFLOW));
    }
    // act asks git which repository and commit this is.
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=demo", "-c", "user.email=demo@localhost", "commit", "-qm", "Demo");
    git("remote", "add", "origin", "https://github.com/" + Workload.REPOSITORY + ".git");
  }

  private void git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "init.defaultBranch=main"));
    command.addAll(List.of(arguments));
    var _ = new ClientProcess(repository, Map.of(), LIMIT).run(command).output();
  }

  @Override
  public Optional<Saved> run(DemoJob job) throws IOException {
    Path secrets = home.resolve("secrets");
    Files.writeString(secrets, "GITHUB_TOKEN=" + job.token().value() + "\n");
    // What is in act's own environment gets into the steps.
    Map<String, String> env = new HashMap<>(Docker.clientEnvironment());
    env.put("HOME", home.toString());
    ClientRun run = new ClientProcess(repository, env, LIMIT).run(command(job, secrets));
    ActLog log = ActLog.parse(run.stdout());
    if (!run.succeeded()) {
      throw new IllegalStateException(job.name() + " failed:\n" + log.text() + run.stderr());
    }
    return job.cached()
        ? Optional.of(new Saved(log.post(), Path.of(log.output("stats-file"))))
        : Optional.empty();
  }

  private List<String> command(DemoJob job, Path secrets) {
    List<String> command = new ArrayList<>(List.of(act.toString(), "push", "--json", "--rm"));
    command.addAll(List.of("--pull=false", "--platform", "ubuntu-latest=-self-hosted"));
    command.addAll(List.of("--workflows", WORKFLOW, "--secret-file", secrets.toString()));
    Map<String, String> env = new HashMap<>(workload.variables(job.latencies()));
    command.addAll(List.of("--var", "UPSTREAM=" + github.uri()));
    if (job.cached()) {
      command.addAll(List.of("--var", "CACHE_DIR=" + cache));
      env.put("CACHEMESH_LINGER", LINGER_SECONDS);
    } else {
      env.put("GH_CONFIG_DIR", ghDirect.toString());
    }
    env.forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
    return command;
  }

  /** Ends the node, which would linger. */
  @Override
  public void close() throws IOException {
    for (String node : docker.lines("ps", "--quiet", "--filter", "volume=" + cache)) {
      docker.text("stop", node);
    }
  }
}
