package io.github.cachemesh.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.clients.Go;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vectors that are published as Go modules: had through go, which keeps them in its own cache. */
final class GoModule {
  private GoModule() {}

  /**
   * Where the module lies.
   *
   * @param module its path and version
   * @param sum what go.sum would say of it
   */
  static Path folder(String module, String sum) throws IOException {
    String answer =
        Go.find()
            .get()
            .run(Path.of("").toAbsolutePath(), Map.of(), "mod", "download", "-json", module)
            .output();
    JsonNode found = new JsonMapper().readTree(answer);
    assertThat(found.get("Sum").stringValue()).isEqualTo(sum);
    return Path.of(found.get("Dir").stringValue());
  }
}
