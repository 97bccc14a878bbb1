package io.github.cachemesh.core.peer;

import io.github.cachemesh.libp2p.Libp2p;
import io.github.cachemesh.libp2p.Libp2pBuilder.SecurityKind;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.protocol.identify.PeerInfo;
import io.github.cachemesh.libp2p.protocol.perf.Perf;
import io.github.cachemesh.libp2p.protocol.ping.PingStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one peer, to look at it. It has a key of its own, which nobody knows. For one
 * thread; blocks.
 */
public final class PeerProbe implements AutoCloseable {
  /** How a connection over TCP is secured. */
  public enum Security {
    NOISE,
    TLS
  }

  private static final Duration IDENTIFY_LIMIT = Duration.ofSeconds(15);

  private final Libp2p libp2p;
  private final Connection connection;
  private final Duration connectTime;
  private @Nullable PingStream pings;

  private PeerProbe(Libp2p libp2p, Connection connection, Duration connectTime) {
    this.libp2p = libp2p;
    this.connection = connection;
    this.connectTime = connectTime;
  }

  /**
   * @param address a multiaddr; with a peer id behind it nobody else is taken
   * @param security in order of preference
   * @throws IllegalArgumentException when it is no address; the message says why
   * @throws IOException when nobody answers there in time, or somebody else
   */
  public static PeerProbe connect(String address, List<Security> security) throws IOException {
    Multiaddr at = Multiaddr.parse(address);
    Libp2p libp2p =
        Libp2p.builder(PrivateKey.generate(KeyType.ED25519))
            .security(security.stream().map(kind -> SecurityKind.valueOf(kind.name())).toList())
            .build();
    try {
      long startedNanos = System.nanoTime();
      Connection connection = libp2p.host().connect(at);
      return new PeerProbe(libp2p, connection, Duration.ofNanos(System.nanoTime() - startedNanos));
    } catch (IOException | RuntimeException e) {
      libp2p.close();
      throw e;
    }
  }

  /** Who is at the other end, in base58. */
  public String peer() {
    return connection.remotePeer().toBase58();
  }

  public String address() {
    return connection.remoteAddress().toString();
  }

  /** How long it took to connect, with all handshakes. */
  public Duration connectTime() {
    return connectTime;
  }

  /**
   * A round trip.
   *
   * @throws IOException when it is not answered within 10 s
   */
  public Duration ping() throws IOException {
    if (pings == null) {
      pings = libp2p.ping().open(connection);
      // The first one waits for the agreement on the protocol, too.
      pings.ping();
    }
    return pings.ping();
  }

  /**
   * How long it takes to send so many bytes, and then to receive others.
   *
   * @throws IOException when the peer does not answer the perf protocol
   */
  public Transfer transfer(long uploadBytes, long downloadBytes) throws IOException {
    // A stream for what the peer does not speak is reset under the data that follows, without a
    // reason.
    if (!identified().protocols().contains(Perf.ID)) {
      throw new IOException("the peer does not answer " + Perf.ID);
    }
    Perf.Measurement measured = new Perf().measure(connection, uploadBytes, downloadBytes);
    return new Transfer(measured.upload(), measured.download());
  }

  /** The two halves of a transfer. */
  public record Transfer(Duration upload, Duration download) {}

  /**
   * @throws IOException when it does not say who it is within 15 s
   */
  public PeerDescription describe() throws IOException {
    PeerInfo info = identified();
    return new PeerDescription(
        info.peer().toBase58(),
        info.agent(),
        info.protocolVersion(),
        info.observed() == null ? null : info.observed().toString(),
        info.addresses().stream().map(Multiaddr::toString).sorted().toList(),
        info.protocols().stream().map(Object::toString).sorted().toList(),
        libp2p.host().addressBook().envelope(info.peer()).isPresent());
  }

  private PeerInfo identified() throws IOException {
    try {
      return libp2p
          .identify()
          .identified(connection)
          .get(IDENTIFY_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the peer does not say who it is: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the peer does not say who it is within %d s",
              IDENTIFY_LIMIT.toSeconds()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  @Override
  public void close() {
    libp2p.close();
  }
}
