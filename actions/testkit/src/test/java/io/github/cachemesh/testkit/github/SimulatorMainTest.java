package io.github.cachemesh.testkit.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorMainTest {
  private Process process;
  private BufferedReader output;
  private String url;

  private void start(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName()));
    command.addAll(List.of(options));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    output = process.inputReader(StandardCharsets.UTF_8);
    url = Json.MAPPER.readTree(output.readLine()).path("url").stringValue();
  }

  @AfterEach
  void stop() throws Exception {
    output.close();
    process.destroy();
    process.waitFor();
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "token " + token)
            .header("User-Agent", "test")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void processSaysWhereItListensAndKnowsItsTokens() throws Exception {
    start(
        "--private-repository",
        "octo-org/vault",
        "--user-token",
        "alice=alice-secret=octo-org/vault");
    assertThat(get("/repos/octo-org/vault", "alice-secret").statusCode()).isEqualTo(200);
  }

  @Test
  void workflowTokenLacksThePermissionsAfterItsValue() throws Exception {
    start("--workflow-token", "octo-org/repo-1=job-secret=security-events=actions");
    assertThat(get("/repos/octo-org/repo-1", "job-secret").statusCode()).isEqualTo(200);
    assertThat(get("/repos/octo-org/repo-1/code-scanning/analyses", "job-secret").statusCode())
        .isEqualTo(403);
  }
}
