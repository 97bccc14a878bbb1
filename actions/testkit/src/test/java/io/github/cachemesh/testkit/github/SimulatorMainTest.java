package io.github.cachemesh.testkit.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SimulatorMainTest {
  @Test
  void processSaysWhereItListensAndKnowsItsTokens() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--private-repository",
                "octo-org/vault",
                "--user-token",
                "alice=alice-secret=octo-org/vault")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      String url = Json.MAPPER.readTree(output.readLine()).path("url").stringValue();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/repos/octo-org/vault"))
              .header("Authorization", "token alice-secret")
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }
}
