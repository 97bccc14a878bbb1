package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.e2e.Report;
import io.github.cachemesh.testkit.github.App;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.oidc.TokenRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the jobs under act need, as a process: a simulated GitHub with an App and an issuer of
 * tokens, a store with values, and a service that hands them out. Writes {@code backdrop.json} when
 * all is ready, and ends with its standard input.
 */
final class Backdrop {
  private Backdrop() {}

  /**
   * Runs it.
   *
   * @param args a folder of its own, and a file of values by name
   */
  public static void main(String... args) throws Exception {
    Path folder = Path.of(args[0]);
    JsonMapper json = JsonMapper.shared();
    JsonNode values = json.readTree(Files.readAllBytes(Path.of(args[1])));
    App app = MintedTokens.app();
    Stage stage = new Stage(folder, new Report(System.out), new Random());
    try (GitHubSimulator github = GitHubSimulator.builder().repositories(2).app(app).start();
        ServiceScene scene = new ServiceScene(stage)) {
      for (Map.Entry<String, JsonNode> value : values.properties()) {
        scene.store().set(value.getKey(), value.getValue().stringValue(), Anchor.none());
      }
      Path holder = scene.store().addHolder("jobs", new Scope.Global());
      scene.policy(
          ServiceScene.grant("values", scene.job(), ServiceScene.NAMED, "\"NASTY_*\"")
              .replace("export: env", "export: file"),
          MintedTokens.grant(scene).replace("export: env", "export: file"));
      MintedTokens.mint(scene, app, github, folder);
      try (RunningService service = scene.start();
          TokenRequests tokens = scene.issuer().permit(scene.job())) {
        Map<String, String> told = new LinkedHashMap<>(tokens.variables());
        told.put("github", github.uri().toString());
        told.put("service_url", service.uri().toString());
        told.put("service_key", service.key().toString());
        told.put("ca", scene.certificates().ca().toString());
        told.put("store", scene.store().file().toString());
        told.put("store_key", Files.readString(holder).strip());
        told.put("audit", scene.audit().folder().toString());
        Path ready = Files.write(folder.resolve("backdrop.new"), json.writeValueAsBytes(told));
        Files.move(ready, folder.resolve("backdrop.json"), StandardCopyOption.ATOMIC_MOVE);
        while (System.in.read() >= 0) {}
      }
    }
  }
}
