package io.github.cachemesh.libp2p.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PacketRouteTest {
  private static final int UNKNOWN_VERSION = 0x1a2a3a4a;

  private final ConnectionIds ids = new ConnectionIds(new SecureRandom());

  private PacketRoute route(ByteBuf packet) {
    return PacketRoute.of(packet, ids);
  }

  @Test
  void packetsOfOpenedConnectionsAreToldByTheirId() {
    assertThat(route(Packets.withShortHeader(opened(), 50))).isEqualTo(PacketRoute.OPENED);
    assertThat(route(Packets.withLongHeader(Packets.HANDSHAKE, 1, opened(), 100)))
        .isEqualTo(PacketRoute.OPENED);
  }

  @Test
  void packetsOfAcceptedConnectionsAreTheOthers() {
    byte[] accepted = accepted();
    assertThat(route(Packets.withShortHeader(accepted, 50))).isEqualTo(PacketRoute.ACCEPTED);
    assertThat(route(Packets.withLongHeader(Packets.HANDSHAKE, 1, accepted, 100)))
        .isEqualTo(PacketRoute.ACCEPTED);
  }

  @Test
  void firstPacketsHaveAnyId() {
    for (int length : new int[] {0, 8, 12, 20}) {
      assertThat(route(Packets.withLongHeader(Packets.INITIAL, 1, new byte[length], 1200)))
          .isEqualTo(PacketRoute.ACCEPTED);
    }
  }

  @Test
  void shortFirstPacketsAreNotAnswered() {
    assertThat(route(Packets.withLongHeader(Packets.INITIAL, 1, new byte[8], 1199)))
        .isEqualTo(PacketRoute.NONE);
  }

  @Test
  void unknownVersionsAreAnsweredOnlyWhenTheyAreLong() {
    assertThat(route(Packets.withLongHeader(0xf0, UNKNOWN_VERSION, new byte[8], 1199)))
        .isEqualTo(PacketRoute.NONE);
    assertThat(route(Packets.withLongHeader(0xf0, UNKNOWN_VERSION, new byte[8], 1200)))
        .isEqualTo(PacketRoute.ACCEPTED);
  }

  @Test
  void garbageGoesNowhere() {
    assertThat(route(Unpooled.EMPTY_BUFFER)).isEqualTo(PacketRoute.NONE);
    assertThat(route(Unpooled.wrappedBuffer(new byte[ConnectionIds.LENGTH])))
        .isEqualTo(PacketRoute.NONE);
    // Ids have at most 20 bytes, and end within the packet.
    assertThat(route(Packets.withLongHeader(Packets.INITIAL, 1, new byte[21], 1200)))
        .isEqualTo(PacketRoute.NONE);
    assertThat(route(Packets.withLongHeader(Packets.INITIAL, 1, new byte[20], 1200).slice(0, 20)))
        .isEqualTo(PacketRoute.NONE);
  }

  private byte[] opened() {
    return bytes(ids.openedId());
  }

  private byte[] accepted() {
    return bytes(ids.generator().newId(ConnectionIds.LENGTH));
  }

  private static byte[] bytes(ByteBuffer id) {
    byte[] bytes = new byte[id.remaining()];
    id.get(bytes);
    return bytes;
  }
}
