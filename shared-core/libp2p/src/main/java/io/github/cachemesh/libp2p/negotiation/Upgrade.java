package io.github.cachemesh.libp2p.negotiation;

import static java.util.Objects.requireNonNull;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Muxer;
import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade of one channel, which ends with a connection or with the channel closed. Confined to
 * the channel's event loop, but for the result.
 */
final class Upgrade {
  private final Upgrader upgrader;
  private final Channel channel;
  private final Role role;
  private final @Nullable PeerId expected;
  private final Multiaddr local;
  private final Multiaddr remote;
  private final CompletableFuture<MuxedConnection> result = new CompletableFuture<>();

  private String step = "a secure channel was negotiated";

  Upgrade(
      Upgrader upgrader,
      Channel channel,
      Role role,
      @Nullable PeerId expected,
      Multiaddr local,
      Multiaddr remote) {
    this.upgrader = upgrader;
    this.channel = channel;
    this.role = role;
    this.expected = expected;
    this.local = local;
    this.remote = remote;
  }

  CompletableFuture<MuxedConnection> result() {
    return result;
  }

  void start() {
    channel.config().setAutoRead(false);
    Future<?> deadline =
        channel
            .eventLoop()
            .schedule(this::expire, upgrader.handshakeTime().toNanos(), TimeUnit.NANOSECONDS);
    // In a turn of its own: a layer that closes the channel may say why right after it.
    ChannelFutureListener closed = _ -> channel.eventLoop().execute(this::ended);
    channel.closeFuture().addListener(closed);
    result.whenComplete(
        (_, failure) -> {
          deadline.cancel(false);
          channel.closeFuture().removeListener(closed);
          if (failure != null) {
            channel.close();
          }
        });
    negotiate(byName(upgrader.secureChannels(), SecureChannel::protocol), this::secure);
  }

  private void ended() {
    fail(new ConnectionClosedException("the connection to " + remote + " ended while " + step));
  }

  private void expire() {
    fail(
        new DeadlineExceededException(
            "the handshakes with "
                + remote
                + " took longer than "
                + upgrader.handshakeTime()
                + ": "
                + step));
  }

  void fail(IOException reason) {
    result.completeExceptionally(reason);
  }

  private static <T> Map<ProtocolId, T> byName(List<T> layers, Function<T, ProtocolId> name) {
    Map<ProtocolId, T> named = new LinkedHashMap<>();
    layers.forEach(layer -> named.put(name.apply(layer), layer));
    return named;
  }

  private <T> void negotiate(Map<ProtocolId, T> layers, Consumer<T> next) {
    Negotiator negotiator =
        switch (role) {
          case DIALER -> new Proposer(List.copyOf(layers.keySet()));
          case LISTENER -> new Responder(layers.keySet());
        };
    NegotiationHandler.Outcome outcome =
        new NegotiationHandler.Outcome() {
          @Override
          public void agreed(ProtocolId protocol) {
            proceed(next, requireNonNull(layers.get(protocol)));
          }

          @Override
          public void failed(IOException reason) {
            fail(reason);
          }
        };
    channel.pipeline().addLast(new NegotiationHandler(negotiator, outcome));
  }

  private <T> void proceed(Consumer<T> next, T value) {
    if (result.isDone()) {
      return;
    }
    try {
      next.accept(value);
    } catch (RuntimeException e) {
      fail(new HandshakeException("the upgrade failed while " + step, e));
    }
  }

  private void secure(SecureChannel secureChannel) {
    step = "the handshake of " + secureChannel.protocol() + " ran";
    secureChannel
        .secure(channel, role, expected)
        .whenComplete(
            (peer, failure) -> {
              if (failure == null) {
                proceed(this::mux, peer);
              } else {
                fail(reason(failure));
              }
            });
  }

  private IOException reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof IOException named
        ? named
        : new HandshakeException("the upgrade failed while " + step, cause);
  }

  private void mux(SecuredPeer peer) {
    if (expected != null && !expected.equals(peer.id())) {
      fail(new PeerMismatchException("the peer is " + peer.id() + " instead of " + expected));
      return;
    }
    Map<ProtocolId, Muxer> muxers = byName(upgrader.muxers(), Muxer::protocol);
    ProtocolId early = peer.muxer();
    if (early == null) {
      step = "a muxer was negotiated";
      negotiate(muxers, muxer -> connect(peer, muxer));
      return;
    }
    Muxer muxer = muxers.get(early);
    if (muxer == null) {
      fail(new NegotiationException("the handshake chose a muxer that was not offered: " + early));
      return;
    }
    connect(peer, muxer);
  }

  private void connect(SecuredPeer peer, Muxer muxer) {
    step = "a session began";
    StreamSession session = muxer.session(channel, role, peer.id());
    if (!result.complete(
        new UpgradedConnection(session, peer, role, local, remote, channel.eventLoop()))) {
      session.close();
    }
  }
}
