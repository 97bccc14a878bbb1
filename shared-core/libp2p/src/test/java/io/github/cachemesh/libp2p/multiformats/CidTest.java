package io.github.cachemesh.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidTest {
  private static final String VERSION_0 = "QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC";

  /** From libp2p/specs, peer-ids/peer-ids.md. */
  private static final String PEER = "bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe";

  @Test
  void versionOneIsReadAndWritten() {
    Cid cid = Cid.parse(PEER);

    assertThat(cid.version()).isEqualTo(1);
    assertThat(cid.codec()).isEqualTo(Cid.LIBP2P_KEY);
    assertThat(cid.hash().toString()).isEqualTo("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N");
    assertThat(cid).hasToString(PEER);
    assertThat(Cid.decode(cid.bytes())).isEqualTo(cid);
  }

  @Test
  void versionZeroStaysWhatItWas() {
    Cid cid = Cid.parse(VERSION_0);

    assertThat(cid.version()).isZero();
    assertThat(cid.codec()).isEqualTo(Cid.DAG_PB);
    assertThat(cid).hasToString(VERSION_0);
    assertThat(Cid.decode(cid.bytes())).isEqualTo(cid);
  }

  @Test
  void anyBaseIsRead() {
    assertThat(Cid.parse("zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA"))
        .isEqualTo(Cid.parse("bafkreidon73zkcrwdb5iafqtijxildoonbwnpv7dyd6ef3qdgads2jc4su"))
        .extracting(Cid::codec)
        .isEqualTo(Cid.RAW);
  }

  @Test
  void versionZeroWithAMultibasePrefixIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Cid.parse("z" + VERSION_0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "0155", "0255120100", "01551202ff", "810055000161"})
  void malformedBytesAreRefused(String hex) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cid.decode(HexFormat.of().parseHex(hex)));
  }

  @Test
  void versionZeroOfAnotherCodecCannotBeMade() {
    Multihash hash = Cid.parse(VERSION_0).hash();

    assertThatIllegalArgumentException().isThrownBy(() -> new Cid(0, Cid.RAW, hash));
  }
}
