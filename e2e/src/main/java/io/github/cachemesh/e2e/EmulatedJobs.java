package io.github.cachemesh.e2e;

import io.github.cachemesh.testkit.clients.Gh;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.JvmActionLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Jobs of the runner emulator, with action and node as processes. */
final class EmulatedJobs implements JobForm {
  private static final String CACHE = "cache";

  private final Path folder;
  private final GitHubSimulator github;
  private final Workload workload;

  EmulatedJobs(Path folder, GitHubSimulator github, Workload workload) {
    this.folder = folder;
    this.github = github;
    this.workload = workload;
  }

  @Override
  public Optional<Saved> run(DemoJob demoJob) throws IOException, InterruptedException {
    EmulatedRunner runner =
        EmulatedRunner.in(folder.resolve(demoJob.cached() ? "cached" : "direct"));
    Job job =
        Job.named(demoJob.token().id().replace(' ', '-')).githubToken(demoJob.token().value());
    Map<String, String> env = new HashMap<>(workload.variables(demoJob.latencies()));
    env.put("GH_TOKEN", demoJob.token().value());
    if (demoJob.cached()) {
      setUpCache(job);
      env.put("API_URL", "${{ steps.cache.outputs.api-url }}");
    } else {
      Path config = folder.resolve("gh-direct");
      Gh.writeSocketSetting(config, github.socket().orElseThrow());
      job.env("GH_CONFIG_DIR", config.toString());
      env.put("API_URL", github.uri().toString());
    }
    job.run("gh", Condition.SUCCESS, env, "sh", workload.script("gh.sh"))
        .run("octokit", Condition.SUCCESS, env, "node", workload.script("octokit.mjs"))
        .run("curl", Condition.SUCCESS, env, "sh", workload.script("curl.sh"));
    JobResult result = runner.run(job);
    if (!result.succeeded()) {
      throw new IllegalStateException(demoJob.name() + " failed:\n" + result.log());
    }
    return demoJob.cached()
        ? Optional.of(
            new Saved(
                result.post(CACHE).log().strip(),
                Path.of(result.step(CACHE).outputs().getOrDefault("stats-file", ""))))
        : Optional.empty();
  }

  private void setUpCache(Job job) throws IOException {
    EmulatedAction action =
        EmulatedAction.of(
            Path.of("setup-github-cache/action.yml"),
            JvmActionLauncher.ofThisJvm("io.github.cachemesh.setup.Main"));
    job.uses(
        CACHE,
        action,
        Map.of(
            "upstream", github.uri().toString(),
            "cache-dir", folder.resolve("cache").toString(),
            "github-token", "${{ github.token }}"));
  }

  /** The emulator's machines are GitHub's, on which the node goes with the job. */
  @Override
  public void close() {}
}
