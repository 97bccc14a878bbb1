package io.github.cachemesh.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class MultiformatsPropertyTest {
  @Property(tries = 300)
  void varintIsReadAsItWasWritten(@ForAll @LongRange(min = 0) long value) {
    byte[] bytes = Varint.encode(value);

    assertThat(bytes).hasSize(Varint.size(value)).hasSizeLessThanOrEqualTo(Varint.MAX_BYTES);
    assertThat(Varint.read(ByteBuffer.wrap(bytes))).isEqualTo(value);
    assertThat(Varint.tryRead(Unpooled.wrappedBuffer(bytes))).hasValue(value);
  }

  @Property(tries = 300)
  void everyBaseReadsWhatItWrote(@ForAll Base base, @ForAll @Size(max = 80) byte[] bytes) {
    assertThat(base.decode(base.encode(bytes))).isEqualTo(bytes);
    assertThat(Multibase.decode(Multibase.encode(base, bytes))).isEqualTo(bytes);
  }

  @Property(tries = 200)
  void multihashIsReadAsItWasWritten(
      @ForAll @LongRange(min = 0x14) long code, @ForAll @Size(max = 128) byte[] digest) {
    Multihash hash = new Multihash(code, digest);

    assertThat(Multihash.of(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
    Cid cid = Cid.v1(code, hash);
    assertThat(Cid.parse(cid.toString())).isEqualTo(cid);
  }

  @Property(tries = 300)
  void addressIsTheSameInBytesAndInText(@ForAll("addresses") Multiaddr address) {
    assertThat(Multiaddr.decode(address.bytes())).isEqualTo(address).hasSameHashCodeAs(address);
    assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
  }

  @Property(tries = 200)
  void decapsulationUndoesEncapsulation(
      @ForAll("addresses") Multiaddr outer, @ForAll("addresses") Multiaddr inner) {
    Multiaddr both = outer.encapsulate(inner);

    assertThat(both.components()).endsWith(inner.components().toArray(Component[]::new));
    assertThat(both.decapsulate(inner)).isEqualTo(outer);
  }

  @Provide
  Arbitrary<Multiaddr> addresses() {
    return components()
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map((List<Component> list) -> Multiaddr.of(list.toArray(Component[]::new)));
  }

  private static Arbitrary<Component> components() {
    return Arbitraries.of(MultiaddrProtocol.values())
        .filter(protocol -> protocol.codec() != ValueCodec.PATH)
        .flatMap(protocol -> values(protocol).map(value -> Component.of(protocol, value)));
  }

  private static Arbitrary<byte[]> values(MultiaddrProtocol protocol) {
    return switch (protocol.codec()) {
      case NONE, IP4, IP6, PORT, NUMBER ->
          Arbitraries.bytes().array(byte[].class).ofSize(protocol.codec().size());
      case NAME ->
          Arbitraries.strings()
              .withChars("abcxyzäß漢-._%:[] 09")
              .ofMinLength(1)
              .ofMaxLength(12)
              .map(MultiformatsPropertyTest::utf8);
      case PEER ->
          Arbitraries.bytes()
              .array(byte[].class)
              .ofMinSize(1)
              .ofMaxSize(42)
              .map(key -> Multihash.identity(key).bytes());
      case HASH ->
          Arbitraries.bytes()
              .array(byte[].class)
              .ofMaxSize(32)
              .map(digest -> new Multihash(Multihash.SHA2_256, digest).bytes());
      case PATH -> throw new IllegalArgumentException("takes the rest of the address");
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
