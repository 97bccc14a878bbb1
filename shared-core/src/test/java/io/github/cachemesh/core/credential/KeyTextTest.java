package io.github.cachemesh.core.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.VerifyingKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  private static final byte[] SECRET = new byte[32];
  private static final StoreId STORE;

  static {
    Arrays.fill(SECRET, (byte) 0xfb);
    VerifyingKey writer = KeyKind.SIGNING.of(SECRET).verifyingKey();
    STORE = StoreId.of(writer);
  }

  private static KeySource parsed(String text) throws IOException {
    return KeyText.parse(text.getBytes(US_ASCII));
  }

  private static boolean opensWhatTheSecretDoes(KeySource key) throws IOException {
    try (RawKey raw = new RawKey(KeyKind.ROOT.of(SECRET))) {
      KeyTarget.Protected made = raw.protect(STORE, TestStore.RANDOM);
      KeySlot slot = new KeySlot(STORE, made.protection(), made.key().id());
      return key.open(slot).orElseThrow().id().equals(slot.key());
    }
  }

  @Test
  void handedOutTextNamesItsStore() throws IOException {
    byte[] text = KeyText.of(STORE, new RawKey(KeyKind.ROOT.of(SECRET)));

    assertThat(new String(text, US_ASCII)).matches("cachemesh-key:[a-z2-7]{26}:[A-Za-z0-9_-]{43}");
    KeySource key = KeyText.parse(text);
    assertThat(key.store()).contains(STORE);
    assertThat(opensWhatTheSecretDoes(key)).isTrue();
    assertThat(key.toString()).isEqualTo("KeyText[" + STORE + "]");
  }

  @Test
  void secretIsTakenInEachUsualForm() throws IOException {
    String hexadecimal = HexFormat.of().formatHex(SECRET);
    String base64 = Base64.getEncoder().encodeToString(SECRET);
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET);

    for (String form : new String[] {hexadecimal, hexadecimal.toUpperCase(), base64, url}) {
      assertThat(opensWhatTheSecretDoes(parsed(form))).isTrue();
      assertThat(parsed(form).store()).isEmpty();
    }
  }

  @Test
  void commentsAndWhiteSpaceDoNotCount() throws IOException {
    String text = "# made by cachemesh\r\n\n  " + HexFormat.of().formatHex(SECRET) + " \r\n# end\n";

    assertThat(opensWhatTheSecretDoes(parsed(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "hunter2-hunter2-hunter2-hunter2-hunter2-hunter2",
        "hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2x",
        "cachemesh-key:hunter2",
        "cachemesh-key:aaaaaaaaaaaaaaaaaaaaaaaaaa:hunter2",
        "cachemesh-key:aaaaaaaaaaaaaaaaaaaaaaaaab:hunter2",
        "AGE-SECRET-KEY-1HUNTER2",
        "hunter2\nhunter2",
        "+_hunter2"
      })
  void whatIsNoKeyIsRefusedWithoutAWordOfIt(String text) {
    assertThatExceptionOfType(StoreRefusedException.class)
        .isThrownBy(() -> parsed(text))
        .withNoCause()
        .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.MALFORMED))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainIgnoringCase("hunter2"));
  }

  @Test
  void overlongTextIsRefused() {
    assertThat(TestStore.refusal(() -> KeyText.parse(new byte[KeyText.MAX_BYTES + 1])))
        .isEqualTo(Fault.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAAAAAAAAAAAAAAAAAAAAAAAA", "aaaaaaaaaaaaaaaaaaaaaaaaab", "a"})
  void whatIsNoStoreIdIsRefused(String text) {
    assertThat(TestStore.refusal(() -> StoreId.parse(text))).isEqualTo(Fault.MALFORMED);
  }
}
