package io.github.cachemesh.libp2p.transport.quic;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens by which a peer proves that it receives what is sent to its address (RFC 9000, section
 * 8.1.2): good for that address and for {@link #TERM}, and nothing is kept for them. Confined to
 * one thread.
 *
 * <p>A token is the time it ends, in milliseconds, in 8 bytes; the HMAC-SHA-256 of all else and the
 * address; and the id that the peer first made up for this end.
 */
final class RetryTokens {
  static final Duration TERM = Duration.ofSeconds(15);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TIME_BYTES = 8;
  private static final int MAC_BYTES = 32;
  private static final int HEADER_BYTES = TIME_BYTES + MAC_BYTES;
  private static final int MAX_ID_BYTES = 20;
  static final int MAX_BYTES = HEADER_BYTES + MAX_ID_BYTES;

  private final InstantSource clock;
  private final Mac mac;

  RetryTokens(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    byte[] key = new byte[MAC_BYTES];
    random.nextBytes(key);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  void write(ByteBuf out, ByteBuf firstId, InetSocketAddress address) {
    byte[] id = bytes(firstId, firstId.readerIndex(), firstId.readableBytes());
    long end = clock.instant().plus(TERM).toEpochMilli();
    out.writeLong(end).writeBytes(sign(end, id, address)).writeBytes(id);
  }

  /**
   * @return where in the token the id begins that the peer first made up; -1 if it is not good
   */
  int check(ByteBuf token, InetSocketAddress address) {
    int length = token.readableBytes();
    if (length <= HEADER_BYTES || length > MAX_BYTES) {
      return -1;
    }
    int index = token.readerIndex();
    long end = token.getLong(index);
    byte[] id = bytes(token, index + HEADER_BYTES, length - HEADER_BYTES);
    byte[] signature = bytes(token, index + TIME_BYTES, MAC_BYTES);
    boolean good =
        MessageDigest.isEqual(signature, sign(end, id, address))
            && clock.instant().isBefore(Instant.ofEpochMilli(end));
    return good ? HEADER_BYTES : -1;
  }

  private byte[] sign(long end, byte[] id, InetSocketAddress address) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      mac.update((byte) (end >>> shift));
    }
    mac.update((byte) id.length);
    mac.update(id);
    mac.update((byte) (address.getPort() >>> Byte.SIZE));
    mac.update((byte) address.getPort());
    return mac.doFinal(address.getAddress().getAddress());
  }

  private static byte[] bytes(ByteBuf source, int index, int length) {
    byte[] bytes = new byte[length];
    source.getBytes(index, bytes);
    return bytes;
  }
}
