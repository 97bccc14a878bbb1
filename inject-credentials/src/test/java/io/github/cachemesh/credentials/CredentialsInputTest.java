package io.github.cachemesh.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.ActionMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsInputTest {
  @Test
  void scopeAndTimeToLiveMayBeLeftOut() throws IOException {
    CredentialsInput input = input("[{'name': 'A', 'value': 'secret'}]");

    input.check();
    assertThat(input.size()).isEqualTo(1);
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
        "[{'name': 'A', 'value': ' '}]",
        "[{'name': 'A', 'value': 5}]",
        "[{'name': 'A', 'value': 'hunter2', 'note': 'x'}]",
        "[{'name': 'A', 'value': 'hunter2', 'scope': 'hunter2'}]",
        "[{'name': 'A', 'value': 'hunter2', 'scope': null}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': 0}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': 8761}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': 1.5}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': '24'}]",
        "[{'name': 'A', 'value': 'hunter2', 'ttl_hours': 99999999999999999999}]",
        "[{'name': 'A', 'value': 'hunter2'}, {'name': 'A', 'value': 'x'}]"
      })
  void whatIsWrongIsRefusedWithoutQuotingIt(String json) {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> input(json).check())
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
        .isThrownBy(() -> input(entries).check())
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
    try (InputStream actionYml = Main.class.getResourceAsStream("action.yml")) {
      return CredentialsInput.of(
          ActionContext.of(
                  ActionMetadata.read(actionYml),
                  List.of(),
                  Map.of("INPUT_CREDENTIALS", json.replace('\'', '"')),
                  new PrintStream(OutputStream.nullOutputStream()),
                  new Random(1))
              .inputs());
    }
  }
}
