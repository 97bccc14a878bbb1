package io.github.cachemesh.libp2p.security.noise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class CipherStateTest {
  private static final byte[] NO_DATA = {};
  private static final byte[] PLAINTEXT = "plaintext".getBytes(UTF_8);

  private final byte[] key = TestKeys.fresh();

  @Test
  void sameTextIsAnotherMessageEachTime() throws Exception {
    CipherState sender = new CipherState(key);
    assertThat(sender.encrypt(NO_DATA, PLAINTEXT))
        .hasSize(PLAINTEXT.length + CipherState.TAG_BYTES)
        .isNotEqualTo(sender.encrypt(NO_DATA, PLAINTEXT));
  }

  @Test
  void additionalDataMustBeTheSame() throws Exception {
    byte[] message = new CipherState(key).encrypt(NO_DATA, PLAINTEXT);
    assertThatThrownBy(() -> new CipherState(key).decrypt(new byte[1], message))
        .isInstanceOf(AEADBadTagException.class);
  }

  @Test
  void messageShorterThanATagIsNotAuthentic() {
    assertThatThrownBy(() -> new CipherState(key).decrypt(NO_DATA, new byte[15]))
        .isInstanceOf(AEADBadTagException.class);
  }

  @Test
  void messageIsDecryptedWhereItLies() throws Exception {
    byte[] message = new CipherState(key).encrypt(NO_DATA, PLAINTEXT);
    byte[] around = new byte[3 + message.length + 2];
    System.arraycopy(message, 0, around, 3, message.length);
    assertThat(new CipherState(key).decrypt(around, 3, message.length)).isEqualTo(PLAINTEXT.length);
    assertThat(Arrays.copyOfRange(around, 3, 3 + PLAINTEXT.length)).isEqualTo(PLAINTEXT);
  }

  @Test
  void lastNonceIsNeverUsed() throws Exception {
    CipherState sender = new CipherState(key, -2);
    CipherState receiver = new CipherState(key, -2);
    byte[] last = sender.encrypt(NO_DATA, PLAINTEXT);
    assertThat(receiver.decrypt(NO_DATA, last)).isEqualTo(PLAINTEXT);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> sender.encrypt(NO_DATA, PLAINTEXT))
          .isInstanceOf(NonceExhaustedException.class);
      assertThatThrownBy(() -> receiver.decrypt(NO_DATA, last))
          .isInstanceOf(NonceExhaustedException.class);
    }
  }
}
