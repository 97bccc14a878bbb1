package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.setup.docker.CannedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no container can be started, the job goes straight to GitHub, and learns why. */
class ContainerFallbackTest {
  private static final String OWN = "e".repeat(64);

  @TempDir Path temp;
  private Step step;
  private Path root;
  private Path socket;

  @BeforeEach
  void prepare() throws IOException {
    step = new Step(temp);
    root = Files.createDirectory(temp.resolve("root"));
    for (String folder : List.of("var/run", "proc/self", "github/runner_temp")) {
      Files.createDirectories(root.resolve(folder));
    }
    socket = root.resolve("var/run/docker.sock");
    Files.writeString(
        root.resolve("proc/self/mountinfo"),
        "/var/lib/docker/containers/" + OWN + "/hosts /etc/hosts");
  }

  @Test
  void noSocket() throws IOException {
    assertFallback("has no Docker socket");
  }

  @Test
  void kubernetes() throws IOException {
    step.env("KUBERNETES_SERVICE_HOST", "10.0.0.1");

    assertFallback("On Kubernetes there is no Docker engine");
  }

  @Test
  void socketThatNobodyAnswersAt() throws IOException {
    Files.createFile(socket);

    assertFallback("The Docker engine starts no cache node");
  }

  @Test
  void engineThatDoesNotRunThisContainer() throws IOException {
    try (CannedEngine engine = new CannedEngine(socket)) {
      engine.version("1.44").answer("GET /containers/json", 200, "[]");

      assertFallback("does not know this container");
    }
  }

  @Test
  void runnerThatSharesNoFolder() throws IOException {
    try (CannedEngine engine = engine("/elsewhere")) {
      assertFallback("no folder in common with the job's steps", "September 2025");
    }
  }

  @Test
  void rootlessEngine() throws IOException {
    try (CannedEngine engine = engine("/github/runner_temp")) {
      engine.answer("GET /info", 200, "{\"SecurityOptions\":[\"name=rootless\"]}");

      assertFallback("rootless");
    }
  }

  @Test
  void engineThatRemapsUsers() throws IOException {
    try (CannedEngine engine = engine("/github/runner_temp")) {
      engine.answer("GET /info", 200, "{\"SecurityOptions\":[\"name=userns\"]}");

      assertFallback("remaps users");
    }
  }

  @Test
  void engineThatRefuses() throws IOException {
    try (CannedEngine engine = engine("/github/runner_temp")) {
      engine
          .answer("GET /info", 200, "{}")
          .answer("POST /containers/create", 403, "{\"message\":\"denied by policy\"}");

      assertFallback("denied by policy");
    }
  }

  @Test
  void containerThatCannotBeStartedIsRemoved() throws IOException {
    try (CannedEngine engine = engine("/github/runner_temp")) {
      engine
          .answer("GET /info", 200, "{}")
          .answer("POST /containers/create", 201, "{\"Id\":\"n1\"}")
          .answer("PUT /containers/n1/archive", 200, "")
          .answer("POST /containers/n1/attach", 200, "")
          .answer("POST /containers/n1/start", 500, "{\"message\":\"no such entry point\"}")
          .answer("DELETE /containers/n1", 204, "");

      assertFallback("no such entry point");
      assertThat(engine.requests()).contains("DELETE /v1.44/containers/n1?force=1&v=1");
    }
  }

  /** Knows this container, with one folder of the host mounted. */
  private CannedEngine engine(String destination) throws IOException {
    return new CannedEngine(socket)
        .version("1.44")
        .answer(
            "GET /containers/" + OWN + "/json",
            200,
            """
            {"Id":"%s","Name":"/one","Image":"sha256:1","Config":{"Env":["GITHUB_OUTPUT=%s"]},
             "HostConfig":{"NetworkMode":"bridge"},
             "NetworkSettings":{"Networks":{"bridge":{"Gateway":"172.17.0.1"}}},
             "Mounts":[{"Type":"bind","Source":"/home/r/_temp","Destination":"%s"}]}
            """
                .formatted(OWN, temp.resolve("GITHUB_OUTPUT"), destination))
        .answer("GET /containers/json", 200, "[]");
  }

  private void assertFallback(String... reasons) throws IOException {
    Step.Result result =
        step.run(context -> ContainerHost.open(context, root, new SecureRandom()), "main");

    assertThat(result.exitCode()).isZero();
    assertThat(result.warnings()).singleElement().asString().contains(reasons).contains("node-url");
    assertThat(result.exported()).as("gh is left alone").isFalse();
    assertThat(result.outputs())
        .containsEntry("cache-status", "fallback")
        .containsEntry("api-url", "https://ghe.example.com/api/v3");
  }
}
