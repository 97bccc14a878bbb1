package io.github.cachemesh.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEncryptionKeyTest {
  private static final Aad PLACE = Aad.of("store", "name");

  private final SecureRandom random = new SecureRandom();
  private final KeyEncryptionKey wrapping = KeyKind.KEY_ENCRYPTION.fresh(random);
  private final DataKey wrapped = KeyKind.DATA.fresh(random);

  @AfterEach
  void close() {
    wrapping.close();
    wrapped.close();
  }

  @ParameterizedTest
  @MethodSource("io.github.cachemesh.core.envelope.KeyTest#kinds")
  void wrappedKeyComesBackAsTheSame(KeyKind<?> kind) throws Exception {
    try (Key key = kind.fresh(random);
        Key back = wrapping.unwrap(wrapping.wrap(key, PLACE, random), PLACE, kind)) {
      assertThat(back.secret().getEncoded()).isEqualTo(key.secret().getEncoded());
    }
  }

  @Test
  void wrapNamesItsKeyByWhatTellsNothingOfIt() {
    try (KeyEncryptionKey same = KeyKind.KEY_ENCRYPTION.of(wrapping.secret().getEncoded());
        KeyEncryptionKey zero = KeyKind.KEY_ENCRYPTION.of(new byte[Key.BYTES])) {
      assertThat(wrapping.wrap(wrapped, PLACE, random).by()).isEqualTo(same.id());
      // Made by Python's hmac and hashlib: ids are written in files.
      assertThat(zero.id()).hasToString("20fdce58c53c731445c53258f0e774dc");
    }
  }

  @Test
  void wrapByAnotherKeyIsRefusedByName() {
    try (KeyEncryptionKey other = KeyKind.KEY_ENCRYPTION.fresh(random)) {
      Wrap wrap = other.wrap(wrapped, PLACE, random);
      assertThat(Refusal.of(() -> wrapping.unwrap(wrap, PLACE, KeyKind.DATA)))
          .isEqualTo(Fault.OTHER_KEY);
      Wrap renamed = new Wrap(wrapping.id(), wrap.box());
      assertThat(Refusal.of(() -> wrapping.unwrap(renamed, PLACE, KeyKind.DATA)))
          .isEqualTo(Fault.NOT_AUTHENTIC);
    }
  }

  @Test
  void wrapOfAnotherPlaceIsRefused() {
    Wrap wrap = wrapping.wrap(wrapped, PLACE, random);
    assertThat(Refusal.of(() -> wrapping.unwrap(wrap, Aad.of("store"), KeyKind.DATA)))
        .isEqualTo(Fault.NOT_AUTHENTIC);
  }

  @Test
  void keyOfAnotherKindIsRefused() {
    Wrap wrap = wrapping.wrap(wrapped, PLACE, random);
    assertThat(Refusal.of(() -> wrapping.unwrap(wrap, PLACE, KeyKind.ROOT)))
        .isEqualTo(Fault.NOT_AUTHENTIC);
  }

  /** Rewrapping must need no plaintext. */
  @Test
  void dataOpensWhicheverKeyWrappedItsKey() throws Exception {
    Sealed box = wrapped.seal(new byte[] {1}, PLACE, random);
    try (KeyEncryptionKey next = KeyKind.KEY_ENCRYPTION.fresh(random);
        DataKey rewrapped = next.unwrap(next.wrap(wrapped, PLACE, random), PLACE, KeyKind.DATA)) {
      assertThat(rewrapped.open(box, PLACE)).containsExactly(1);
    }
  }

  @Test
  void boxOfAnotherLengthThanAKeyIsRefused() {
    byte[] bound =
        Aad.of("cachemesh wrap 1", "data key", wrapping.id().text()).and(PLACE.bytes()).bytes();
    Sealed box = AesGcm.seal(wrapping.secret(), new byte[16], bound, random);
    assertThat(Refusal.of(() -> wrapping.unwrap(new Wrap(wrapping.id(), box), PLACE, KeyKind.DATA)))
        .isEqualTo(Fault.MALFORMED);
  }

  @Test
  void closedKeyIsNotWrapped() {
    wrapped.close();
    assertThatIllegalStateException().isThrownBy(() -> wrapping.wrap(wrapped, PLACE, random));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0123456789abcdef0123456789abcde", "0123456789ABCDEF0123456789ABCDEF"})
  void otherTextsAreNoKeyId(String text) {
    assertThat(Refusal.of(() -> KeyId.parse(text))).isEqualTo(Fault.MALFORMED);
  }
}
