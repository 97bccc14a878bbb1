package io.github.cachemesh.libp2p.security.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.github.cachemesh.libp2p.protobuf.ProtobufReader;
import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the ends of a handshake tell each other once it is encrypted: a peer's key, its signature of
 * the Noise key, and the muxers that it speaks (libp2p specs, {@code noise/README.md}, "The libp2p
 * Handshake Payload"). Nothing of it is proven before {@link #verify}.
 *
 * <p>Immutable: the lists and arrays are not to be changed.
 *
 * @param muxers names as they came, the preferred first; at most {@value #MAX_MUXERS}
 */
record HandshakePayload(byte[] identityKey, byte[] signature, List<String> muxers) {
  static final int MAX_MUXERS = 32;

  /** An RSA key of 8192 bits makes one of half the length. */
  private static final int MAX_SIGNATURE_BYTES = 2048;

  private static final int IDENTITY_KEY = 1;
  private static final int IDENTITY_SIG = 2;
  private static final int EXTENSIONS = 4;
  private static final int STREAM_MUXERS = 2;
  private static final byte[] SIGNATURE_PREFIX = "noise-libp2p-static-key:".getBytes(US_ASCII);

  HandshakePayload {
    muxers = List.copyOf(muxers);
  }

  /** The payload by which {@code identity} vouches for a Noise key. */
  static HandshakePayload vouch(PrivateKey identity, byte[] noiseKey, List<ProtocolId> muxers) {
    return new HandshakePayload(
        identity.publicKey().encoded(),
        identity.sign(signed(noiseKey)),
        muxers.stream().map(ProtocolId::name).toList());
  }

  byte[] encoded() {
    ProtobufWriter out =
        new ProtobufWriter().bytes(IDENTITY_KEY, identityKey).bytes(IDENTITY_SIG, signature);
    if (!muxers.isEmpty()) {
      ProtobufWriter extensions = new ProtobufWriter();
      muxers.forEach(muxer -> extensions.string(STREAM_MUXERS, muxer));
      out.message(EXTENSIONS, extensions);
    }
    return out.toBytes();
  }

  /**
   * @throws HandshakeException if it is malformed or over a bound, which the message names
   */
  static HandshakePayload decode(byte[] bytes) throws HandshakeException {
    byte[] identityKey = {};
    byte[] signature = {};
    List<String> muxers = new ArrayList<>();
    try {
      ProtobufReader in = new ProtobufReader("NoiseHandshakePayload", bytes);
      while (in.next()) {
        switch (in.field()) {
          case IDENTITY_KEY -> identityKey = in.bytes(PublicKey.MAX_ENCODED_BYTES);
          case IDENTITY_SIG -> signature = in.bytes(MAX_SIGNATURE_BYTES);
          case EXTENSIONS -> readExtensions(in.message("NoiseExtensions"), muxers);
          default -> {} // Fields of older revisions are skipped.
        }
      }
    } catch (IllegalArgumentException e) {
      throw new HandshakeException("the Noise payload is malformed: " + e.getMessage(), e);
    }
    return new HandshakePayload(identityKey, signature, muxers);
  }

  private static void readExtensions(ProtobufReader in, List<String> muxers) {
    while (in.next()) {
      if (in.field() == STREAM_MUXERS) {
        if (muxers.size() == MAX_MUXERS) {
          throw new IllegalArgumentException("more than " + MAX_MUXERS + " muxers");
        }
        muxers.add(in.string(ProtocolId.MAX_BYTES));
      }
    }
  }

  /**
   * The key of the peer, which is proven by this.
   *
   * @throws HandshakeException if there is none, or it did not sign the Noise key
   */
  PublicKey verify(byte[] noiseKey) throws HandshakeException {
    PublicKey key;
    try {
      key = PublicKey.decode(identityKey);
    } catch (IllegalArgumentException e) {
      throw new HandshakeException("the peer has no key that can be used: " + e.getMessage(), e);
    }
    if (!key.verify(signed(noiseKey), signature)) {
      throw new HandshakeException("the signature of the Noise key is not that of " + key.peerId());
    }
    return key;
  }

  /**
   * The muxer that both ends choose without a word more: the dialer's most preferred one that the
   * listener speaks ({@code connections/inlined-muxer-negotiation.md}).
   *
   * @param remote proven before
   */
  static Optional<ProtocolId> agree(Role role, List<ProtocolId> own, HandshakePayload remote) {
    if (role == Role.DIALER) {
      return own.stream().filter(muxer -> remote.muxers.contains(muxer.name())).findFirst();
    }
    return remote.muxers.stream()
        .flatMap(name -> own.stream().filter(muxer -> muxer.name().equals(name)))
        .findFirst();
  }

  private static byte[] signed(byte[] noiseKey) {
    return ByteBuffer.allocate(SIGNATURE_PREFIX.length + noiseKey.length)
        .put(SIGNATURE_PREFIX)
        .put(noiseKey)
        .array();
  }
}
