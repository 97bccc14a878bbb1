package io.github.cachemesh.libp2p.protocol.identify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentifyMessageTest {
  private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/192.0.2.1/tcp/4001");

  @Test
  void everyFieldSurvivesItsEncoding() {
    IdentifyMessage message =
        new IdentifyMessage(
            new byte[] {1, 2},
            List.of(ADDRESS),
            List.of("/a", "/b"),
            Multiaddr.parse("/ip6/::1/udp/1/quic-v1"),
            "network/1",
            "agent/2",
            new byte[] {3});

    List<byte[]> parts = message.encode();

    assertThat(parts).hasSize(1);
    assertThat(IdentifyMessage.decode(parts)).usingRecursiveComparison().isEqualTo(message);
  }

  @Test
  void nothingIsReadOfNothing() {
    IdentifyMessage message = IdentifyMessage.decode(List.of(new byte[0]));

    assertThat(message).usingRecursiveComparison().isEqualTo(withProtocols(List.of()));
  }

  @Test
  void longMessageIsSentInPartsAndReadAsOne() {
    List<String> protocols = protocols(1000);

    List<byte[]> parts = withProtocols(protocols).encode();

    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(parts).allMatch(part -> part.length <= IdentifyMessage.MAX_PART_BYTES);
    assertThat(IdentifyMessage.decode(parts).protocols()).isEqualTo(protocols);
  }

  @Test
  void whatFitsIntoNoPartIsLeftOut() {
    List<byte[]> parts = withProtocols(protocols(10_000)).encode();

    assertThat(parts).hasSize(IdentifyMessage.MAX_PARTS);
    assertThat(IdentifyMessage.decode(parts).protocols())
        .hasSizeLessThan(10_000)
        .isEqualTo(protocols(IdentifyMessage.decode(parts).protocols().size()));
  }

  @Test
  void laterPartReplacesWhatCanBeThereOnceOnly() {
    byte[] first = new ProtobufWriter().string(6, "old").string(5, "net").toBytes();
    byte[] second = new ProtobufWriter().string(6, "new").toBytes();

    IdentifyMessage message = IdentifyMessage.decode(List.of(first, second));

    assertThat(message.agent()).isEqualTo("new");
    assertThat(message.protocolVersion()).isEqualTo("net");
  }

  @Test
  void addressThatCannotBeReadCostsNoOther() {
    byte[] bytes =
        new ProtobufWriter()
            .bytes(2, new byte[] {4, 1})
            .bytes(2, ADDRESS.bytes())
            .bytes(4, new byte[0])
            .toBytes();

    IdentifyMessage message = IdentifyMessage.decode(List.of(bytes));

    assertThat(message.addresses()).containsExactly(ADDRESS);
    assertThat(message.observed()).isNull();
  }

  @Test
  void unknownFieldIsSkipped() {
    byte[] bytes = new ProtobufWriter().uint64(7, 1).string(99, "x").string(6, "a").toBytes();

    assertThat(IdentifyMessage.decode(List.of(bytes)).agent()).isEqualTo("a");
  }

  @Test
  void whatIsNoProtobufIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdentifyMessage.decode(List.of("GET / HTTP/1.1".getBytes(UTF_8))))
        .withMessageStartingWith("Identify");
  }

  private static List<String> protocols(int count) {
    return IntStream.range(0, count).mapToObj("/protocol/%016d"::formatted).toList();
  }

  private static IdentifyMessage withProtocols(List<String> protocols) {
    return new IdentifyMessage(null, List.of(), protocols, null, null, null, null);
  }
}
