package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.service.Exchanged;
import io.github.cachemesh.core.service.GrantedCredential;
import io.github.cachemesh.core.service.Lease;
import io.github.cachemesh.core.service.Released;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.testkit.github.App;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens that a GitHub App mints for a job: no wider than the grant, and ended when given back. */
final class MintedTokens implements Part {
  static final String NAME = "APP_TOKEN";

  private static final String REPOSITORY = "octo-org/repo-1";
  private static final String OTHER = "octo-org/repo-2";
  private static final long APP = 4711;
  private static final long INSTALLATION = 815;

  /** An App that is installed for more than any grant gives. */
  static App app() {
    return App.generate(APP, "e2e")
        .installed(INSTALLATION, Map.of("contents", "write", "issues", "write"), REPOSITORY, OTHER);
  }

  /** A grant of a token that may read one repository. */
  static String grant(ServiceScene scene) {
    return ServiceScene.grant("token", scene.job(), ServiceScene.NAMED, NAME)
        .replace(
            "}\n",
            ", app: {repositories: [%s], permissions: {contents: read}}}%n".formatted(REPOSITORY));
  }

  /** Has services that are started from now on mint by the App. */
  static void mint(ServiceScene scene, App app, GitHubSimulator github, Path folder)
      throws Exception {
    Path key = Files.writeString(folder.resolve("app.pem"), app.privateKeyPem());
    scene.option("--app-id", Long.toString(app.id()), "--app-key-file", key.toString());
    scene.option("--api-url", github.uri().toString());
  }

  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("Tokens of a GitHub App");
    App app = app();
    try (GitHubSimulator github = GitHubSimulator.builder().repositories(2).app(app).start();
        ServiceScene scene = new ServiceScene(stage)) {
      scene.policy(grant(scene));
      mint(scene, app, github, stage.folder());
      try (RunningService service = scene.start();
          HttpClient http = HttpClient.newHttpClient()) {
        ServiceClient client = service.client(service.http());
        String token;
        Lease lease;
        try (Exchanged answer =
            client.exchange(
                List.of(NAME), audience -> scene.issuer().token(scene.job(), audience))) {
          GrantedCredential granted = answer.granted().getFirst();
          token = new String(granted.value(), UTF_8);
          lease = granted.lease().orElseThrow();
        }
        JsonNode own = JsonMapper.shared().readTree(get(http, github, token).body());
        stage
            .report()
            .same(
                "it reaches the grant's repository only",
                List.of(REPOSITORY),
                own.path("repositories")
                    .valueStream()
                    .map(repository -> repository.path("full_name").asString())
                    .toList());
        stage
            .report()
            .same("given back", List.of(Released.REVOKED), client.release(List.of(lease)));
        stage.report().same("it is none any more", 401, get(http, github, token).statusCode());
        stage
            .report()
            .same("given back again", List.of(Released.REVOKED), client.release(List.of(lease)));
        boolean told =
            Files.walk(scene.state())
                .filter(Files::isRegularFile)
                .anyMatch(file -> holds(file, token));
        stage.report().fact("no file of the service has the token", !told, "");
      }
    }
  }

  private static boolean holds(Path file, String token) {
    try {
      return new String(Files.readAllBytes(file), UTF_8).contains(token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<String> get(HttpClient http, GitHubSimulator github, String token)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(github.uri().resolve("/installation/repositories"))
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
