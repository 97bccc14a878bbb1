package io.github.cachemesh.libp2p.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the tables of multiformats/multibase, tests/. */
class MultibaseTest {
  @ParameterizedTest
  @CsvSource({
    "BASE16, f796573206d616e692021",
    "BASE16_UPPER, F796573206D616E692021",
    "BASE32, bpfsxgidnmfxgsibb",
    "BASE32_UPPER, BPFSXGIDNMFXGSIBB",
    "BASE36, k2lcpzo5yikidynfl",
    "BASE36_UPPER, K2LCPZO5YIKIDYNFL",
    "BASE58BTC, z7paNL19xttacUY",
    "BASE64, meWVzIG1hbmkgIQ",
    "BASE64URL, ueWVzIG1hbmkgIQ"
  })
  void publishedTextIsWrittenAndRead(Base base, String text) {
    assertBothWays(base, text, "yes mani !");
  }

  @ParameterizedTest
  @CsvSource({
    "BASE16, f00796573206d616e692021",
    "BASE32, bab4wk4zanvqw42jaee",
    "BASE36, k02lcpzo5yikidynfl",
    "BASE58BTC, z17paNL19xttacUY",
    "BASE64URL, uAHllcyBtYW5pICE"
  })
  void zeroByteInFrontIsKept(Base base, String text) {
    assertBothWays(base, text, "\0yes mani !");
  }

  @ParameterizedTest
  @CsvSource({
    "BASE16, f0000796573206d616e692021",
    "BASE32, baaahszltebwwc3tjeaqq",
    "BASE36, k002lcpzo5yikidynfl",
    "BASE58BTC, z117paNL19xttacUY",
    "BASE64URL, uAAB5ZXMgbWFuaSAh"
  })
  void twoZeroBytesInFrontAreKept(Base base, String text) {
    assertBothWays(base, text, "\0\0yes mani !");
  }

  private static void assertBothWays(Base base, String text, String bytes) {
    assertThat(Multibase.encode(base, bytes.getBytes(UTF_8))).isEqualTo(text);
    assertThat(Multibase.decode(text)).isEqualTo(bytes.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f68656c6c6f20776F726C64",
        "F68656c6c6f20776F726C64",
        "bnbswy3dpeB3W64TMMQ",
        "Bnbswy3dpeB3W64TMMQ",
        "kfUvrsIvVnfRbjWaJo",
        "KfUVrSIVVnFRbJWAJo"
      })
  void basesOfOneCaseReadEither(String text) {
    assertThat(Multibase.decode(text)).isEqualTo("hello world".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "xyz", // unknown base
        "f0", // half a byte
        "ba", // five bits
        "bab4wk4zanvqw42jaef", // bits left over that are not zero
        "uAHllcyBtYW5pICE=", // padding
        "z7paNL19xttacU0", // a character that base 58 leaves out
        "fgg",
        "f\u0666\u0666"
      })
  void whatIsNotOfTheBaseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Multibase.decode(text));
  }

  @ParameterizedTest
  @EnumSource
  void lengthIsBounded(Base base) {
    assertThat(base.decode(base.encode(new byte[Base.MAX_BYTES]))).hasSize(Base.MAX_BYTES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> base.encode(new byte[Base.MAX_BYTES + 1]))
        .withMessageContaining("1024");
  }

  @Test
  void longTextIsRefusedBeforeItIsRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multibase.decode("z" + "!".repeat(2 * Base.MAX_BYTES + 1)))
        .withMessageContaining("characters");
  }
}
