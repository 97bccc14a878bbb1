package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.credentials.Findings.Absent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsInputTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void scopeAndTimeToLiveMayBeLeftOut() throws IOException {
    Findings findings = findings("[{'name': 'A', 'value': 'secret'}]");

    assertThat(findings.acquired()).extracting(Acquired::name).containsExactly("A");
    assertThat(findings.acquired().getFirst().value()).asString(UTF_8).isEqualTo("secret");
    assertThat(findings.acquired().getFirst().expires()).isEmpty();
  }

  @Test
  void timeToLiveCountsFromNow() throws IOException {
    assertThat(findings("[{'name': 'A', 'value': 'x', 'ttl_hours': 8760}]").acquired())
        .extracting(Acquired::expires)
        .containsExactly(Optional.of(NOW.plus(Duration.ofDays(365))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "' '", "'\\n'"})
  void secretThatIsNotSetIsMissing(String value) throws IOException {
    Findings findings = findings("[{'name': 'A', 'value': " + value + "}]");

    assertThat(findings.acquired()).isEmpty();
    assertThat(findings.missing()).extracting(Absent::name).containsExactly("A");
  }

  @Test
  void scopeRunnerIsForTheRunnerOfThatName() throws IOException {
    String entry = "[{'name': 'A', 'value': 'x', 'scope': 'runner'}]";

    assertThat(input(entry, "runner-1").findings(Optional.of("runner-1"), NOW).acquired())
        .hasSize(1);
    for (Optional<String> runner : List.of(Optional.of("runner-2"), Optional.<String>empty())) {
      assertThatExceptionOfType(ActionFailure.class)
          .isThrownBy(() -> input(entry, "runner-1").findings(runner, NOW))
          .withMessageContaining("'runner-id'");
    }
  }

  @Test
  void valuesOfWrongEntriesAreThereToBeMasked() throws IOException {
    CredentialsInput input = input("[{'value': 'one', 'scope': 'moon'}, {'value': 22}, 3]");

    assertThat(input.values()).contains("one", "22");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "hunter2",
        "[] []",
        "[{'name': 'A', 'value': 'hunter2', 'value': 'hunter2'}]",
        "['hunter2']",
        "[{'value': 'hunter2'}]",
        "[{'name': 'hunter2 ', 'value': 'x'}]",
        "[{'name': 'A'}]",
        "[{'name': 'A', 'value': {'hunter2': 1}}]",
        "[{'name': 'A', 'value': 'hunter2\\ud800'}]",
        "[{'name': 'A', 'value': 'hunter2', 'scope': 'runner'}]",
        "[{'name': 'A', 'value': 5}]",
        "[{'name': 'A', 'value': 'hunter2', 'note': 'x'}]",
        "[{'name': 'A', 'value': 'hunter2', 'scope': 'hunter2'}]",
        "[{'name': 'A', 'value': 'hunter2', 'scope': null}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': 0}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': 8761}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': 1.5}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': '24'}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': 99999999999999999999}]",
        "[{'name': 'A', 'value': 'hunter2'}, {'name': 'a', 'value': 'x'}]"
      })
  void whatIsWrongIsRefusedWithoutQuotingIt(String json) {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> findings(json))
        .withMessageStartingWith("Input 'credentials' ")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage() + e.remedy()).doesNotContain("hunter2"));
  }

  @Test
  void manyEntriesAreRefused() {
    String entries =
        IntStream.rangeClosed(0, CredentialsInput.MAX_CREDENTIALS)
            .mapToObj(i -> "{'name': 'A" + i + "', 'value': 'x'}")
            .collect(Collectors.joining(",", "[", "]"));

    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> findings(entries))
        .withMessageContaining("more than 100");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> input("[".repeat(10_000)))
        .withMessageContaining("is no valid JSON");
  }

  /** Quotes are written as apostrophes. */
  private static CredentialsInput input(String json) throws IOException {
    return input(json, "");
  }

  private static Findings findings(String json) throws IOException {
    return input(json).findings(Optional.of("runner-1"), NOW);
  }

  private static CredentialsInput input(String json, String runnerId) throws IOException {
    try (InputStream actionYml = Main.class.getResourceAsStream("action.yml")) {
      return CredentialsInput.of(
          ActionContext.of(
                  ActionMetadata.read(actionYml),
                  List.of(),
                  Map.of("INPUT_CREDENTIALS", json.replace('\'', '"'), "INPUT_RUNNER-ID", runnerId),
                  new PrintStream(OutputStream.nullOutputStream()),
                  new Random(1))
              .inputs());
    }
  }
}
