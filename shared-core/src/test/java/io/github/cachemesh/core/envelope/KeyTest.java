package io.github.cachemesh.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTest {

  static Stream<KeyKind<?>> kinds() {
    return Stream.of(
        KeyKind.ROOT, KeyKind.KEY_ENCRYPTION, KeyKind.DATA, KeyKind.MAC, KeyKind.SIGNING);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void closingZeroesTheSecretAndEndsItsUse(KeyKind<?> kind) {
    byte[] owned = new byte[Key.BYTES];
    Arrays.fill(owned, (byte) 'k');
    Key key = kind.owning(owned);
    key.close();
    key.close();
    assertThat(owned).containsOnly(0);
    assertThatIllegalStateException()
        .isThrownBy(() -> key.secret().getEncoded())
        .withMessage("the secret was closed");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givenArrayStaysTheCallers(KeyKind<?> kind) {
    byte[] given = new byte[Key.BYTES];
    given[0] = 7;
    try (Key key = kind.of(given)) {
      given[0] = 0;
      assertThat(key.secret().getEncoded()[0]).isEqualTo((byte) 7);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void otherLengthsAreRefused(KeyKind<?> kind) {
    for (int length : new int[] {0, 16, 31, 33}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kind.of(new byte[length]))
          .withMessageContaining(kind.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void textIsTheKindAlone(KeyKind<?> kind) {
    try (Key key = kind.fresh(new SecureRandom())) {
      assertThat(key.toString()).isEqualTo(kind.toString());
      assertThat(key.secret().toString()).isEqualTo("SecretBytes");
    }
  }

  @Test
  void serializedSecretHoldsNone() throws Exception {
    byte[] owned = "a secret that must not be written".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(written);
        SecretBytes secret = new SecretBytes(owned)) {
      out.writeObject(secret);
      assertThat(written.toString(StandardCharsets.ISO_8859_1)).doesNotContain("must not");
    }
  }
}
