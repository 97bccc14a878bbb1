package io.github.cachemesh.core.sarif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class Utf8UnitsTest {

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.of(
            0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF,
            0xF0, 0xF1, 0xF4, 0xF5, 0xFF)
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(40);
  }

  @Property(tries = 2000)
  void unitsAreTheJdksButForEncodedSurrogates(@ForAll("bytes") byte[] bytes) {
    StringBuilder units = new StringBuilder();
    Utf8Units decoder = new Utf8Units(units::append);

    decoder.accept(bytes, bytes.length);
    decoder.end();

    assertThat(units).hasToString(new String(withoutSurrogates(bytes), UTF_8));
  }

  @Property
  void everyStringIsDecoded(@ForAll String text) {
    byte[] bytes = text.getBytes(UTF_8);
    StringBuilder units = new StringBuilder();
    Utf8Units decoder = new Utf8Units(units::append);

    decoder.accept(bytes, bytes.length);
    decoder.end();

    assertThat(units).hasToString(new String(bytes, UTF_8));
  }

  /**
   * Makes each byte of an encoded surrogate one that is invalid by itself, as the standard does.
   */
  private static byte[] withoutSurrogates(byte[] bytes) {
    byte[] changed = bytes.clone();
    for (int i = 0; i + 1 < bytes.length; i++) {
      boolean surrogate = (bytes[i] & 0xFF) == 0xED && (bytes[i + 1] & 0xE0) == 0xA0;
      changed[i] = surrogate ? (byte) 0xFF : bytes[i];
    }
    return changed;
  }
}
