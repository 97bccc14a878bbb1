package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class StoreKeyTest {
  private static final String TEXT = "0123456789abcdef0123456789abcdef";

  /** RFC 5869 by its two steps; 32 bytes are one block. */
  private static byte[] hkdf(String input, String purpose) throws GeneralSecurityException {
    byte[] pseudoRandom = hmac("cachemesh codeql store 1".getBytes(UTF_8), input.getBytes(UTF_8));
    return hmac(pseudoRandom, (purpose + "\u0001").getBytes(UTF_8));
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  @Test
  void keysAreThoseOfRfc5869() throws Exception {
    assertThat(StoreKey.of(TEXT).sealing().getEncoded()).isEqualTo(hkdf(TEXT, "seal"));
    assertThat(StoreKey.of(TEXT).naming().getEncoded()).isEqualTo(hkdf(TEXT, "name"));
  }

  @Test
  void surroundingWhiteSpaceDoesNotCount() {
    assertThat(StoreKey.of(TEXT + "\n").sealing()).isEqualTo(StoreKey.of(TEXT).sealing());
  }

  @Test
  void shortTextIsRefusedWithoutBeingQuoted() {
    assertThatThrownBy(() -> StoreKey.of("hunter2 hunter2 hunter2 hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("store-key")
        .hasMessageContaining("openssl rand -hex 32")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void textOfAKeyTellsNothing() {
    assertThat(StoreKey.of(TEXT)).hasToString("StoreKey");
  }
}
