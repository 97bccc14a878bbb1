package io.github.cachemesh.libp2p.identity;

import io.github.cachemesh.libp2p.multiformats.Varint;
import io.github.cachemesh.libp2p.protobuf.ProtobufReader;
import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A payload that a peer signed for one purpose, the domain (RFC 0002). There is none whose
 * signature was not made or verified. Immutable.
 */
public final class Envelope {
  /** The longest envelope that is read or made. */
  public static final int MAX_BYTES = 16 * 1024;

  private static final int PUBLIC_KEY = 1;
  private static final int PAYLOAD_TYPE = 2;
  private static final int PAYLOAD = 3;
  private static final int SIGNATURE = 5;

  private final PublicKey publicKey;
  private final byte[] payloadType;
  private final byte[] payload;
  private final byte[] encoded;

  private Envelope(PublicKey publicKey, byte[] payloadType, byte[] payload, byte[] encoded) {
    this.publicKey = publicKey;
    this.payloadType = payloadType;
    this.payload = payload;
    this.encoded = encoded;
  }

  /**
   * Signs {@code payload}.
   *
   * @throws IllegalArgumentException if domain or payload type is empty, or the envelope would be
   *     longer than {@link #MAX_BYTES}
   */
  public static Envelope seal(PrivateKey key, String domain, byte[] payloadType, byte[] payload) {
    byte[] signature = key.sign(signed(domain, payloadType, payload));
    byte[] encoded =
        new ProtobufWriter()
            .bytes(PUBLIC_KEY, key.publicKey().encoded())
            .bytes(PAYLOAD_TYPE, payloadType)
            .bytes(PAYLOAD, payload)
            .bytes(SIGNATURE, signature)
            .toBytes();
    requireShort(encoded);
    return new Envelope(key.publicKey(), payloadType.clone(), payload.clone(), encoded);
  }

  /**
   * Reads an envelope and verifies its signature.
   *
   * @throws IllegalArgumentException if it is malformed or longer than {@link #MAX_BYTES}, or the
   *     signature is not its key's for this domain
   */
  public static Envelope open(byte[] bytes, String domain) {
    requireShort(bytes);
    byte[] key = {};
    byte[] payloadType = {};
    byte[] payload = {};
    byte[] signature = {};
    ProtobufReader in = new ProtobufReader("Envelope", bytes);
    while (in.next()) {
      switch (in.field()) {
        case PUBLIC_KEY -> key = in.bytes(PublicKey.MAX_ENCODED_BYTES);
        case PAYLOAD_TYPE -> payloadType = in.bytes(MAX_BYTES);
        case PAYLOAD -> payload = in.bytes(MAX_BYTES);
        case SIGNATURE -> signature = in.bytes(MAX_BYTES);
        default -> {} // Fields that are yet to come are nothing to us.
      }
    }
    PublicKey publicKey = PublicKey.decode(key);
    if (!publicKey.verify(signed(domain, payloadType, payload), signature)) {
      throw new IllegalArgumentException(
          "envelope's signature is not of " + publicKey.peerId() + " for " + domain);
    }
    return new Envelope(publicKey, payloadType, payload, bytes.clone());
  }

  /** What is signed: domain, payload type and payload, each after its length. */
  private static byte[] signed(String domain, byte[] payloadType, byte[] payload) {
    byte[] domainBytes = domain.getBytes(StandardCharsets.UTF_8);
    if (domainBytes.length == 0 || payloadType.length == 0) {
      throw new IllegalArgumentException("envelope without a domain or a payload type");
    }
    byte[][] fields = {domainBytes, payloadType, payload};
    int size = 0;
    for (byte[] field : fields) {
      size += Varint.size(field.length) + field.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    for (byte[] field : fields) {
      Varint.write(field.length, out);
      out.put(field);
    }
    return out.array();
  }

  private static void requireShort(byte[] encoded) {
    if (encoded.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "envelope of " + encoded.length + " bytes, at most " + MAX_BYTES + " are allowed");
    }
  }

  /** The key that signed. */
  public PublicKey publicKey() {
    return publicKey;
  }

  public byte[] payloadType() {
    return payloadType.clone();
  }

  public byte[] payload() {
    return payload.clone();
  }

  /** The bytes that {@link #open} reads, as they were received if they were. */
  public byte[] encoded() {
    return encoded.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "envelope of " + payload.length + " bytes by " + publicKey.peerId();
  }
}
