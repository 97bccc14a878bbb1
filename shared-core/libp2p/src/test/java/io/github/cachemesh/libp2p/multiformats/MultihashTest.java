package io.github.cachemesh.libp2p.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With rows of multiformats/multihash, tests/values/test_cases.csv. */
class MultihashTest {
  private static final String CONTENT = "431fb5d4c9b735ba1a34d0df045118806ae2336f2c";

  @Test
  void sha256IsAsPublished() {
    assertThat(Multihash.sha256(CONTENT.getBytes(UTF_8)).bytes())
        .isEqualTo(hex("1220ffb31f07aa15348368c90c73a834dbf9f8710365860fa0fd4ddce9ac2782cc17"));
  }

  @ParameterizedTest
  @CsvSource({
    "18, 10, 120affb31f07aa15348368c9",
    "18, 20, 1214ffb31f07aa15348368c90c73a834dbf9f8710365",
    "19, 10, 130aabffa1926b038a2f1833",
    "19, 32, 1320abffa1926b038a2f1833092d93859ba2ee56e07a86b158200fc7d4d5d1eaf350",
    "0, 3, 0003616263",
    "45600, 1, a0e4020142"
  })
  void publishedFormIsReadAndWritten(long code, int digestBytes, String hex) {
    Multihash hash = Multihash.of(hex(hex));

    assertThat(hash.code()).isEqualTo(code);
    assertThat(hash.digest()).hasSize(digestBytes);
    assertThat(hash.bytes()).isEqualTo(hex(hex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "12", // no length
        "1220ff", // digest too short
        "0002616263", // digest too long
        "9200ff", // code not in its shortest form
        "128a00ffb31f07aa15348368c9", // length neither
        "1221ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" // beyond SHA-256
      })
  void malformedHashIsRefused(String hex) {
    assertThatIllegalArgumentException().isThrownBy(() -> Multihash.of(hex(hex)));
  }

  @Test
  void digestIsBounded() {
    assertThat(Multihash.identity(new byte[Multihash.MAX_DIGEST_BYTES]).digest()).hasSize(128);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multihash.identity(new byte[Multihash.MAX_DIGEST_BYTES + 1]))
        .withMessageContaining("at most 128");
  }

  @Test
  void hashDoesNotChangeWithTheArraysItCameFromAndGave() {
    byte[] content = "abc".getBytes(UTF_8);
    Multihash hash = Multihash.identity(content);

    content[0] = 'x';
    hash.digest()[0] = 'x';

    assertThat(hash.digest()).isEqualTo("abc".getBytes(UTF_8));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
