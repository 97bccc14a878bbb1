package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.envelope.HpkeRecipient;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskingTest {
  private static final String TOKEN = "header.secret-payload.signature";

  private final HpkeRecipient recipient = HpkeIdentity.fresh(new SecureRandom()).recipient();
  private final Asking.ForCredentials asking =
      new Asking.ForCredentials("request-1", recipient, List.of("A", "b/c.d-e"), TOKEN);

  @Test
  void requestForCredentialsIsReadAsItWasWritten() throws Exception {
    assertThat(Asking.ForCredentials.read(asking.bytes())).isEqualTo(asking);
  }

  @Test
  void requestForReleaseIsReadAsItWasWritten() throws Exception {
    List<Lease> leases = List.of(Lease.parse("abc"), Lease.parse("A".repeat(Lease.MAX_CHARACTERS)));
    Asking.ForRelease release = new Asking.ForRelease("r", recipient, leases);

    assertThat(Asking.ForRelease.read(release.bytes())).isEqualTo(release);
  }

  @Test
  void greatestRequestsFit() throws Exception {
    List<String> names =
        IntStream.range(0, Wire.MAX_NAMES).mapToObj(i -> i + "n".repeat(190)).toList();
    String token = "t".repeat(Wire.MAX_TOKEN_CHARACTERS);
    List<Lease> leases =
        IntStream.range(0, Wire.MAX_LEASES)
            .mapToObj(i -> Lease.parse("A".repeat(Lease.MAX_CHARACTERS)))
            .toList();

    assertThat(new Asking.ForCredentials("i".repeat(64), recipient, names, token).bytes())
        .hasSizeLessThanOrEqualTo(Wire.MAX_REQUEST_BYTES);
    assertThat(new Asking.ForRelease("i".repeat(64), recipient, leases).bytes())
        .hasSizeLessThanOrEqualTo(Wire.MAX_REQUEST_BYTES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1  | \"version\":2             | version: this service speaks version 1",
        "request-1      | a b                       | id: not",
        "[\"A\",        | [\"A\",\"A\",             | names: not different names",
        "[\"A\",        | [\"A B\",                 | names: not different names",
        "[\"A\",        | [null,                    | names: not 1 to 64 texts",
        "\"names\":[\"A\",\"b/c.d-e\"] | \"names\":[]| names: not 1 to 64 texts",
        "\"names\"      | \"nmaes\"                 | not a request",
        "{\"version\":1 | {\"version\":1,\"version\":1 | not a request",
        "header.secret-payload.signature | ''       | token: not 1 to",
        "\"token\":     | \"token\":null,\"x\":     | not a request"
      })
  void requestOfAnotherFormIsRefusedByMember(String there, String instead, String problem) {
    String json = new String(asking.bytes(), UTF_8);
    String changed = json.replace(there, instead);

    assertThat(changed).isNotEqualTo(json);
    assertRefused(changed, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "null", "[]", "'{'", "'{}'", "'\"text\"'", "1", "[[[[[[[[[[[["})
  void whatIsNoRequestIsRefused(String text) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> Asking.ForCredentials.read(text.getBytes(UTF_8)));
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> Asking.ForRelease.read(text.getBytes(UTF_8)));
  }

  @Test
  void trailingTextIsRefused() {
    assertRefused(new String(asking.bytes(), UTF_8) + "{}", "not a request");
  }

  @Test
  void keyToWhichAnybodyCouldOpenIsRefused() {
    String key = Base64.getEncoder().encodeToString(recipient.bytes());
    String zero = Base64.getEncoder().encodeToString(new byte[HpkeRecipient.BYTES]);

    assertRefused(new String(asking.bytes(), UTF_8).replace(key, zero), "recipient: not an X25519");
  }

  @Test
  void requestThatIsTooLongIsRefused() {
    assertRefused(
        new String(asking.bytes(), UTF_8) + " ".repeat(Wire.MAX_REQUEST_BYTES), "not a request");
  }

  @Test
  void tokenIsNotShown() {
    assertThat(asking.toString()).contains("request-1").doesNotContain("secret");
  }

  private static void assertRefused(String json, String problem) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> Asking.ForCredentials.read(json.getBytes(UTF_8)))
        .withMessageContaining(problem)
        .withMessageNotContaining("secret")
        .withNoCause();
  }
}
