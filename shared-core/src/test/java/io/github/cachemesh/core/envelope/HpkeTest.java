package io.github.cachemesh.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpkeTest {
  private static final Aad INFO = Aad.of("answer");
  private static final Aad PLACE = Aad.of("request 1");
  private static final byte[] ANSWER = "the values".getBytes(UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final HpkeIdentity asker = HpkeIdentity.fresh(random);

  @AfterEach
  void close() {
    asker.close();
  }

  private byte[] sealed() {
    return asker.recipient().seal(ANSWER, INFO, PLACE, random);
  }

  @Test
  void askerOpensItsAnswer() throws Exception {
    HpkeRecipient sent = HpkeRecipient.of(asker.recipient().bytes());
    byte[] box = sent.seal(ANSWER, INFO, PLACE, random);
    assertThat(box).hasSize(ANSWER.length + HpkeRecipient.OVERHEAD_BYTES);
    assertThat(asker.open(box, INFO, PLACE)).isEqualTo(ANSWER);
  }

  @Test
  void noAnswerIsSealedTwiceAlike() {
    assertThat(sealed()).isNotEqualTo(sealed());
  }

  @Test
  void answerToAnotherQuestionIsRefused() {
    byte[] box = sealed();
    assertThat(Refusal.of(() -> asker.open(box, INFO, Aad.of("request 2"))))
        .isEqualTo(Fault.NOT_AUTHENTIC);
    assertThat(Refusal.of(() -> asker.open(box, Aad.of("question"), PLACE)))
        .isEqualTo(Fault.NOT_AUTHENTIC);
  }

  @Test
  void answerToAnotherAskerIsRefused() {
    try (HpkeIdentity other = HpkeIdentity.fresh(random)) {
      byte[] box = sealed();
      assertThat(Refusal.of(() -> other.open(box, INFO, PLACE))).isEqualTo(Fault.NOT_AUTHENTIC);
    }
  }

  @Test
  void everyChangedByteIsFound() {
    byte[] box = sealed();
    for (int i = 0; i < box.length; i++) {
      byte[] changed = box.clone();
      changed[i] ^= 1;
      assertThat(Refusal.of(() -> asker.open(changed, INFO, PLACE))).isEqualTo(Fault.NOT_AUTHENTIC);
    }
  }

  @Test
  void everyCutAnswerIsRefused() {
    byte[] box = sealed();
    for (int length = 0; length < box.length; length++) {
      byte[] cut = Arrays.copyOf(box, length);
      Refusal.of(() -> asker.open(cut, INFO, PLACE));
    }
  }

  @Test
  void encapsulatedKeyOfSmallOrderIsRefused() {
    byte[] box = sealed();
    Arrays.fill(box, 0, HpkeRecipient.BYTES, (byte) 0);
    assertThat(Refusal.of(() -> asker.open(box, INFO, PLACE))).isEqualTo(Fault.NOT_AUTHENTIC);
  }

  /** The points of small order of RFC 7748's curve, and no point's length. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "09",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void keyThatEverybodyCouldOpenIsRefused(String key) {
    assertThat(Refusal.of(() -> HpkeRecipient.of(HexFormat.of().parseHex(key))))
        .isEqualTo(Fault.MALFORMED);
  }

  @Test
  void closedIdentityOpensNothing() {
    byte[] box = sealed();
    asker.close();
    assertThatIllegalStateException().isThrownBy(() -> asker.open(box, INFO, PLACE));
    assertThat(asker).hasToString("HpkeIdentity");
  }
}
