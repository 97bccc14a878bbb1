package io.github.cachemesh.libp2p.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;

class PacketRouteFuzzTest {
  private static final ConnectionIds IDS = new ConnectionIds(new SecureRandom());

  @FuzzTest(maxDuration = "5s")
  void everyDatagramHasARouteAndIsLeftAsItWas(byte[] datagram) {
    ByteBuf packet = Unpooled.wrappedBuffer(datagram);
    assertThat(PacketRoute.of(packet, IDS)).isNotNull();
    assertThat(packet.readableBytes()).isEqualTo(datagram.length);
  }
}
