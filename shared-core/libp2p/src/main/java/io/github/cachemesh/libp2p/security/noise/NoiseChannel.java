package io.github.cachemesh.libp2p.security.noise;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.netty.channel.Channel;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Noise XX over Curve25519, ChaCha20-Poly1305 and SHA-256, in which both ends prove their peer ids
 * before plaintext flows and agree on a muxer (libp2p specs, {@code noise/README.md} and {@code
 * connections/inlined-muxer-negotiation.md}). Thread-safe.
 *
 * <p>All its channels share one Noise key, which exists in memory only, so that signing it is done
 * once.
 *
 * <p>A dialer is done before the listener has verified it: when the listener refuses, the dialer's
 * channel just ends. The protocol has no word for an orderly end, so that what was cut off must
 * show in the layers above.
 */
public final class NoiseChannel implements SecureChannel {
  public static final ProtocolId PROTOCOL = new ProtocolId("/noise");

  private static final byte[] NO_PROLOGUE = {};

  private final KeyPair noiseKey;
  private final byte[] payload;
  private final List<ProtocolId> muxers;
  private final SecureRandom random;

  /**
   * @param muxers offered in the handshake, the preferred first; may be empty
   */
  public NoiseChannel(PrivateKey identity, List<ProtocolId> muxers) {
    this(identity, muxers, new SecureRandom());
  }

  /**
   * @param muxers offered in the handshake, the preferred first; may be empty
   * @param random makes the Noise keys
   */
  public NoiseChannel(PrivateKey identity, List<ProtocolId> muxers, SecureRandom random) {
    this.muxers = List.copyOf(muxers);
    this.random = random;
    this.noiseKey = KeyPair.generate(random);
    this.payload = HandshakePayload.vouch(identity, noiseKey.publicKey(), this.muxers).encoded();
  }

  @Override
  public ProtocolId protocol() {
    return PROTOCOL;
  }

  @Override
  public CompletableFuture<SecuredPeer> secure(
      Channel channel, Role role, @Nullable PeerId expected) {
    if (!channel.isActive()) {
      return CompletableFuture.failedFuture(
          new ConnectionClosedException("the channel ended before the Noise handshake"));
    }
    Handshake handshake =
        new Handshake(role, noiseKey, () -> KeyPair.generate(random), NO_PROLOGUE);
    HandshakeHandler handler = new HandshakeHandler(role, expected, handshake, payload, muxers);
    channel.pipeline().addLast(handler);
    return handler.result();
  }
}
