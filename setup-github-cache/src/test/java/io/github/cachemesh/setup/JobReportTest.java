package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.core.config.Origin;
import io.github.cachemesh.core.config.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JobReportTest {
  private static final Problem UNKNOWN_KEY =
      new Problem(new Origin.FileLine(".github/cache-config.yml", 3), "cache.sise", "unknown key");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void oddityOfAFileIsShownAtItsLine() throws IOException {
    report().oddities(List.of(UNKNOWN_KEY));

    assertThat(lines())
        .containsExactly(
            "::warning file=.github/cache-config.yml,line=3::"
                + ".github/cache-config.yml:3: cache.sise: unknown key");
  }

  @Test
  void odditiesLeaveRoomForAnotherWarning() throws IOException {
    report().oddities(Collections.nCopies(20, UNKNOWN_KEY));

    assertThat(lines()).hasSize(9);
  }

  private List<String> lines() {
    return out.toString(UTF_8).lines().toList();
  }

  private JobReport report() throws IOException {
    try (InputStream actionYml = Main.class.getResourceAsStream("action.yml")) {
      return new JobReport(
          ActionContext.of(
              ActionMetadata.read(actionYml),
              List.of(),
              Map.of(),
              new PrintStream(out, true, UTF_8),
              RandomGenerator.getDefault()));
    }
  }
}
