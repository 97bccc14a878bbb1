package io.github.cachemesh.libp2p.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The connection ids of a socket: those of connections that it opened begin with a tag, which is
 * random for the socket, and those of connections that it accepted do not. So the first bytes of an
 * id tell which codec a packet belongs to. An id that a peer made up begins with the tag by a
 * chance of 2⁻³², or on purpose, which only loses that peer's own packet. Thread-safe.
 */
final class ConnectionIds {
  /** Of the tag and 8 random bytes. */
  static final int LENGTH = 12;

  private final SecureRandom random;
  private final int tag;

  ConnectionIds(SecureRandom random) {
    this.random = random;
    this.tag = random.nextInt();
  }

  /** Whether the id that begins there is one of a connection that this socket opened. */
  boolean isOpened(ByteBuf packet, int index) {
    return packet.getInt(index) == tag;
  }

  QuicConnectionAddress opened() {
    return new QuicConnectionAddress(openedId());
  }

  ByteBuffer openedId() {
    return random(tag);
  }

  private ByteBuffer accepted() {
    int start = random.nextInt();
    return random(start == tag ? ~tag : start);
  }

  private ByteBuffer random(int start) {
    return ByteBuffer.allocate(LENGTH).putInt(start).putLong(random.nextLong()).flip();
  }

  /** Makes the ids of accepted connections. */
  QuicConnectionIdGenerator generator() {
    return new QuicConnectionIdGenerator() {
      @Override
      public ByteBuffer newId(int length) {
        if (length != LENGTH) {
          throw new IllegalArgumentException("connection ids have " + LENGTH + " bytes");
        }
        return accepted();
      }

      @Override
      public ByteBuffer newId(ByteBuffer input, int length) {
        return newId(length);
      }

      @Override
      public int maxConnectionIdLength() {
        return LENGTH;
      }

      @Override
      public boolean isIdempotent() {
        return false;
      }
    };
  }
}
