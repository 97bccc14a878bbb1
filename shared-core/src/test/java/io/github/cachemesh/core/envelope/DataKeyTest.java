package io.github.cachemesh.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataKeyTest {
  private static final Aad PLACE = Aad.of("store", "name");
  private static final byte[] CONTENT = "the value".getBytes(UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final DataKey key = KeyKind.DATA.fresh(random);

  @AfterEach
  void close() {
    key.close();
  }

  @Test
  void whatIsSealedOpensAtItsPlace() throws Exception {
    Sealed box = key.seal(CONTENT, PLACE, random);
    assertThat(box.bytes()).hasSize(CONTENT.length + Sealed.OVERHEAD_BYTES);
    assertThat(key.open(Sealed.of(box.bytes()), PLACE)).isEqualTo(CONTENT);
  }

  @Test
  void nothingIsSealedTwiceAlike() {
    assertThat(key.seal(CONTENT, PLACE, random)).isNotEqualTo(key.seal(CONTENT, PLACE, random));
  }

  @Test
  void boxOfAnotherPlaceIsRefused() {
    Sealed box = key.seal(CONTENT, PLACE, random);
    assertThat(Refusal.of(() -> key.open(box, Aad.of("storename", ""))))
        .isEqualTo(Fault.NOT_AUTHENTIC);
  }

  @Test
  void boxOfAnotherKeyIsRefused() {
    try (DataKey other = KeyKind.DATA.fresh(random)) {
      Sealed box = other.seal(CONTENT, PLACE, random);
      assertThat(Refusal.of(() -> key.open(box, PLACE))).isEqualTo(Fault.NOT_AUTHENTIC);
    }
  }

  @Test
  void everyChangedBitIsFound() throws Exception {
    byte[] written = key.seal(CONTENT, PLACE, random).bytes();
    for (int bit = 0; bit < written.length * Byte.SIZE; bit++) {
      byte[] changed = written.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Sealed box = Sealed.of(changed);
      assertThat(Refusal.of(() -> key.open(box, PLACE))).isEqualTo(Fault.NOT_AUTHENTIC);
    }
  }

  @Test
  void everyShorterBoxIsRefused() {
    byte[] written = key.seal(CONTENT, PLACE, random).bytes();
    for (int length = 0; length < written.length; length++) {
      byte[] cut = Arrays.copyOf(written, length);
      assertThat(Refusal.of(() -> key.open(Sealed.of(cut), PLACE)))
          .isEqualTo(length < Sealed.OVERHEAD_BYTES ? Fault.MALFORMED : Fault.NOT_AUTHENTIC);
    }
  }

  @Test
  void contentOfNoByteIsSealed() throws Exception {
    assertThat(key.open(key.seal(new byte[0], PLACE, random), PLACE)).isEmpty();
  }

  @Test
  void contentBeyondTheBoundIsRefused() {
    byte[] tooLong = new byte[Sealed.MAX_CONTENT_BYTES + 1];
    assertThatIllegalArgumentException().isThrownBy(() -> key.seal(tooLong, PLACE, random));
    byte[] box = new byte[Sealed.MAX_CONTENT_BYTES + Sealed.OVERHEAD_BYTES + 1];
    assertThat(Refusal.of(() -> Sealed.of(box))).isEqualTo(Fault.MALFORMED);
  }
}
