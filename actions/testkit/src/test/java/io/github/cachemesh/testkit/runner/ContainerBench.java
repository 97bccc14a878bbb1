package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.testkit.docker.Docker;
import io.github.cachemesh.testkit.docker.DockerDaemon;
import io.github.cachemesh.testkit.docker.DockerState;
import io.github.cachemesh.testkit.docker.ImportedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A runner with Docker, and an action whose phases are shell scripts in the workspace. After each
 * test nothing of that runner may be left in Docker.
 */
final class ContainerBench implements BeforeEachCallback, AfterEachCallback {
  static final String SERVER =
      "require('http').createServer((_, answer) => answer.end('served')).listen(8080)";

  /** Prints the networks of the container that it runs in, as the daemon knows them. */
  static final String PRINT_NETWORKS =
      """
      curl -s --unix-socket /var/run/docker.sock "http://docker/containers/$(hostname)/json" |
        node -p 'Object.keys(JSON.parse(require("fs").readFileSync(0)).NetworkSettings.Networks)[0]'
      """;

  private Docker docker;
  private ImportedImage image;
  private EmulatedRunner runner;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    docker = DockerDaemon.provide().get();
    image = ImportedImage.forJobs();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    DockerState left = docker.state(runner.folders().label());
    assertThat(left).as("left in Docker").matches(DockerState::isEmpty, "empty");
  }

  EmulatedRunner runnerIn(Path root) {
    runner = EmulatedRunner.in(root).docker(docker);
    return runner;
  }

  Docker docker() {
    return docker;
  }

  ContainerActionLauncher launcher() {
    return ContainerActionLauncher.with(docker).withImage(image.reference());
  }

  JobContainer container() {
    return JobContainer.of(image.reference());
  }

  /** One that answers "served" on port 8080. */
  JobContainer server() {
    return container().withCommand("node", "-e", SERVER);
  }

  EmulatedAction action(String mainScript) throws IOException {
    return action(mainScript, "true");
  }

  EmulatedAction action(String mainScript, String postScript) throws IOException {
    return action(launcher(), mainScript, postScript);
  }

  EmulatedAction action(ActionLauncher launcher, String mainScript, String postScript)
      throws IOException {
    write("main.sh", mainScript);
    write("post.sh", postScript);
    try (InputStream in = ContainerBench.class.getResourceAsStream("scripts/action.yml")) {
      return new EmulatedAction(ActionMetadata.read(in), launcher);
    }
  }

  private void write(String name, String script) throws IOException {
    Path workspace = Files.createDirectories(runner.folders().workspace());
    Path file = Files.writeString(workspace.resolve(name), "#!/bin/bash -e\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
