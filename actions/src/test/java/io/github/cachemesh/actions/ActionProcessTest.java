package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActionProcessTest {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> calls = new ArrayList<>();

  @Test
  void theFirstArgumentIsThePhaseAndTheRestIsTheActions() {
    assertThat(run(Map.of(), recording(), "post", "/tmp/x")).isZero();
    assertThat(calls).containsExactly("post [/tmp/x]");
    assertThat(log()).isEmpty();
  }

  @Test
  void withoutArgumentsMainRuns() {
    assertThat(run(Map.of(), recording())).isZero();
    assertThat(calls).containsExactly("main []");
  }

  @Test
  void anUnknownPhaseFails() {
    assertThat(run(Map.of(), recording(), "pre")).isEqualTo(1);
    assertThat(calls).isEmpty();
  }

  @Test
  void aFailureBecomesOneErrorWithItsRemedy() {
    Action failing =
        _ -> {
          throw new ActionFailure("Port 80 is taken.", "Set 'port'.");
        };
    assertThat(run(Map.of(), failing, "main")).isEqualTo(1);
    assertThat(log()).isEqualTo("::error title=Fleet Cache::Port 80 is taken.%0ASet 'port'.\n");
  }

  @Test
  void anUnexpectedExceptionShowsNeitherTextNorTrace() {
    Action broken =
        _ -> {
          throw new IllegalStateException("token ghs_123");
        };
    assertThat(run(Map.of(), broken, "main")).isEqualTo(1);
    assertThat(log())
        .startsWith("::error title=Fleet Cache::Internal error: java.lang.IllegalStateException.")
        .doesNotContain("ghs_123")
        .hasLineCount(1);
  }

  @Test
  void underDebugTheTraceIsThere() {
    Action broken =
        _ -> {
          throw new IllegalStateException("why");
        };
    run(Map.of("RUNNER_DEBUG", "1"), broken, "main");
    assertThat(log().lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("::debug::java.lang.IllegalStateException: why%0A")
        .contains("ActionProcessTest");
  }

  @Test
  void anErrorOfTheJvmIsReportedToo() {
    Action broken =
        _ -> {
          throw new NoClassDefFoundError("x");
        };
    assertThat(run(Map.of(), broken, "main")).isEqualTo(1);
    assertThat(log()).contains("java.lang.NoClassDefFoundError");
  }

  private Action recording() {
    return new Action() {
      @Override
      public void main(ActionContext context) {
        calls.add("main " + context.arguments());
      }

      @Override
      public void post(ActionContext context) {
        calls.add("post " + context.arguments());
      }
    };
  }

  private int run(Map<String, String> env, Action action, String... args) {
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    return new ActionProcess(action, TestAction.metadata(), env, out, new Random(1)).run(args);
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
