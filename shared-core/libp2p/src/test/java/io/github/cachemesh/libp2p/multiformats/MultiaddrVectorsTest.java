package io.github.cachemesh.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** With the tables of multiformats/go-multiaddr, as far as the protocols are ours. */
class MultiaddrVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "/ip4/127.0.0.1/udp/1234, 047f000001910204d2",
    "/ip4/127.0.0.1/tcp/4321, 047f0000010610e1",
    "/ip4/127.0.0.1/udp/1234/ip4/127.0.0.1/tcp/4321, 047f000001910204d2047f0000010610e1",
    "/ip4/1.2.3.4/tcp/80/ws, 0401020304060050dd03",
    "/ip6/::1/udp/443/quic-v1, 2900000000000000000000000000000001910201bbcd03",
    "/dns4/a.io, 3604612e696f",
    "/memory/4, 89060000000000000004",
    "/unix/a/b, 9003042f612f62"
  })
  void bytesAndTextAreAsPublished(String text, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(Multiaddr.parse(text).bytes()).isEqualTo(bytes);
    assertThat(Multiaddr.decode(bytes)).hasToString(text);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "multiaddr-good.csv")
  void goodAddressIsReadAndComesBack(String text, String canonical) {
    Multiaddr address = Multiaddr.parse(text);

    assertThat(address).hasToString(canonical == null ? text : canonical);
    assertThat(Multiaddr.decode(address.bytes())).isEqualTo(address);
    assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "multiaddr-bad.csv")
  void badAddressIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multiaddr.parse(text))
        .satisfies(failure -> assertThat(failure).message().isNotEmpty());
  }
}
