package io.github.cachemesh.e2e;

import static org.awaitility.Awaitility.await;

import io.github.cachemesh.testkit.docker.Docker;
import io.github.cachemesh.testkit.docker.DockerDaemon;
import io.github.cachemesh.testkit.docker.ImportedImage;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.Token;
import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.ContainerActionLauncher;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Flavour;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A self-hosted runner of a user that is not root, with Docker and the images that {@code
 * images/build --load} made, and a simulated GitHub on the host's loopback address, which no
 * container reaches but through the node.
 */
final class ContainerRunner implements AutoCloseable {
  /** No user of any machine, so that no volume of theirs is taken for one of a test. */
  static final int USER = 61001;

  static final String REPOSITORY = "octo-org/repo-1";
  static final Token FIRST =
      Token.workflow("ghs_firstJobToken000000000000001", REPOSITORY).named("first");
  static final Token SECOND =
      Token.workflow("ghs_secondJobToken00000000000002", REPOSITORY).named("second");

  private static final String LABEL = "io.github.cachemesh.node";
  private static final String VOLUME = "cachemesh-github-cache-" + USER;
  private static final Duration NODE_END = Duration.ofSeconds(60);

  private final Path root;
  private final Docker docker;
  private final String jobImage;
  private final GitHubSimulator github;
  private final EmulatedRunner runner;

  ContainerRunner() throws IOException, InterruptedException {
    this.root =
        Files.createTempDirectory(
            "cm",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    this.docker = DockerDaemon.provide().get();
    this.jobImage = ImportedImage.forJobs().reference();
    this.github = GitHubSimulator.builder().token(FIRST).token(SECOND).start();
    this.runner =
        EmulatedRunner.in(root.resolve("runner"))
            .docker(docker)
            .flavour(Flavour.SELF_HOSTED)
            .owner(USER, USER)
            .stepTimeout(Duration.ofMinutes(2));
  }

  Docker docker() {
    return docker;
  }

  GitHubSimulator github() {
    return github;
  }

  EmulatedRunner runner() {
    return runner;
  }

  Path temp() {
    return runner.folders().temp();
  }

  /** Where files can be put that the runner's user may read. */
  Path root() {
    return root;
  }

  ContainerActionLauncher launcher() {
    return ContainerActionLauncher.with(docker);
  }

  EmulatedAction action(ContainerActionLauncher launcher) throws IOException {
    return EmulatedAction.of(Path.of("../setup-github-cache/action.yml"), launcher);
  }

  JobContainer container() {
    return JobContainer.of(jobImage);
  }

  /** A job that sets up the cache in a step of that name, for a node that lingers that long. */
  Job job(String name, Token token, int lingerSeconds) throws IOException {
    return Job.named(name)
        .githubToken(token.value())
        .env("CACHEMESH_LINGER", String.valueOf(lingerSeconds))
        .uses(
            "cache",
            action(launcher()),
            Map.of("upstream", github.uri().toString(), "github-token", "${{ github.token }}"));
  }

  /** A step that asks for the repository by gh. */
  static Job gh(Job job, Token token) {
    return job.run(
        "gh",
        Condition.SUCCESS,
        Map.of("GH_TOKEN", token.value(), "GH_NO_UPDATE_NOTIFIER", "1"),
        "gh",
        "api",
        "repos/" + REPOSITORY,
        "--jq",
        ".full_name");
  }

  /** A step that asks for it by curl, at the base URL in that output. */
  static Job curl(Job job, Token token) {
    return job.run(
        "curl",
        Condition.SUCCESS,
        Map.of("TOKEN", token.value(), "API", "${{ steps.cache.outputs.api-url }}"),
        "sh",
        "-c",
        "curl -sS --fail -H \"Authorization: Bearer $TOKEN\" \"$API/repos/" + REPOSITORY + "\"");
  }

  /** A step that asks for it by curl in a container action. */
  Job curlInAction(Job job, Token token) throws IOException {
    return job.uses(
        "in-action",
        EmulatedAction.of(
            Path.of("src/test/resources/io/github/cachemesh/e2e/curl-action.yml"),
            launcher().withImage(jobImage)),
        Map.of(
            "url",
            "${{ steps.cache.outputs.container-api-url }}/repos/" + REPOSITORY,
            "token",
            token.value()));
  }

  /** The ids of the containers in which nodes of this runner run. */
  List<String> nodes() throws IOException {
    String label = "label=" + LABEL;
    String mount = "volume=" + temp();
    return docker.lines("ps", "-aq", "--no-trunc", "--filter", label, "--filter", mount);
  }

  String onlyNode() throws IOException {
    List<String> nodes = nodes();
    if (nodes.size() != 1) {
      throw new AssertionError("expected one node, found " + nodes);
    }
    return nodes.getFirst();
  }

  void awaitNoNode() {
    await().atMost(NODE_END).until(() -> nodes().isEmpty());
  }

  @Override
  public void close() throws IOException {
    for (String node : nodes()) {
      var _ = docker.call("rm", "--force", node);
    }
    var _ = docker.call("volume", "rm", "--force", VOLUME);
    github.close();
    var _ =
        docker.call(
            "run",
            "--rm",
            "--volume",
            root + ":/root-of-test",
            jobImage,
            "find",
            "/root-of-test",
            "-mindepth",
            "1",
            "-delete");
    Files.deleteIfExists(root);
  }
}
