package io.github.cachemesh.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Whatever the bytes are, they are refused, or they are the one form of what was read. */
class MultiformatsFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void varint(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    try {
      Varint.tryRead(in)
          .ifPresent(
              value ->
                  assertThat(Unpooled.wrappedBuffer(Varint.encode(value)))
                      .isEqualTo(in.slice(0, in.readerIndex())));
    } catch (IllegalArgumentException _) {
      assertThat(in.readerIndex()).isZero();
    }
  }

  @FuzzTest(maxDuration = "5s")
  void multibase(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      byte[] decoded = Multibase.decode(text);
      assertThat(Multibase.decode(Multibase.encode(Base.BASE58BTC, decoded))).isEqualTo(decoded);
    } catch (IllegalArgumentException _) {
      // Refused, as it should be.
    }
  }

  @FuzzTest(maxDuration = "5s")
  void multihash(byte[] bytes) {
    try {
      assertThat(Multihash.of(bytes).bytes()).isEqualTo(bytes);
    } catch (IllegalArgumentException _) {
      // Refused, as it should be.
    }
  }

  @FuzzTest(maxDuration = "5s")
  void cid(byte[] bytes) {
    try {
      Cid cid = Cid.decode(bytes);
      assertThat(cid.bytes()).isEqualTo(bytes);
      assertThat(Cid.parse(cid.toString())).isEqualTo(cid);
    } catch (IllegalArgumentException _) {
      // Refused, as it should be.
    }
  }

  @FuzzTest(maxDuration = "5s")
  void multiaddrBytes(byte[] bytes) {
    Multiaddr address;
    try {
      address = Multiaddr.decode(bytes);
    } catch (IllegalArgumentException _) {
      return;
    }
    assertThat(address.bytes()).isEqualTo(bytes);
    assertThat(address.withoutPeer().size()).isLessThanOrEqualTo(bytes.length);
    assertThat(address.peer().isPresent()).isEqualTo(!address.withoutPeer().equals(address));
    if (address.isKnown()) {
      assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
    } else {
      assertThat(address.toString()).endsWith(">");
    }
  }

  @FuzzTest(maxDuration = "5s")
  void multiaddrText(byte[] bytes) {
    Multiaddr address;
    try {
      address = Multiaddr.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return;
    }
    assertThat(Multiaddr.decode(address.bytes())).isEqualTo(address);
    assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
  }
}
