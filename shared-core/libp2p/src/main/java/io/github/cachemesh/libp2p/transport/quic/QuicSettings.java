package io.github.cachemesh.libp2p.transport.quic;

import java.time.Duration;

/**
 * The bounds of QUIC connections, in the manner of go-libp2p.
 *
 * @param handshakeTimeout how long a handshake may take, in either role
 * @param idleTimeout after how long a silent connection ends; the shorter one of both ends counts
 * @param keepAlive how often a connection that this end opened is kept from falling silent
 * @param incomingStreams how many streams a peer may have open at once on a connection
 * @param incomingHandshakes how many handshakes of peers a socket runs at once; from half of them
 *     on, peers must prove that they receive what is sent to their address
 * @param resetStreams how many streams of a connection may be reset before it is closed: Netty
 *     keeps a kilobyte of each until then
 * @param dials that have not ended; further ones fail
 */
public record QuicSettings(
    Duration handshakeTimeout,
    Duration idleTimeout,
    Duration keepAlive,
    int incomingStreams,
    int incomingHandshakes,
    int resetStreams,
    int dials) {

  /**
   * @throws IllegalArgumentException if one is not above 0
   */
  public QuicSettings {
    if (!handshakeTimeout.isPositive() || !idleTimeout.isPositive() || !keepAlive.isPositive()) {
      throw new IllegalArgumentException("the times of QUIC have to be above 0");
    }
    if (incomingStreams < 1 || incomingHandshakes < 1 || resetStreams < 1 || dials < 1) {
      throw new IllegalArgumentException("the bounds of QUIC have to be above 0");
    }
  }

  /**
   * 10 s to shake hands, 30 s of silence, 15 s to keep alive, 256 streams, 256 handshakes of peers,
   * 16,384 resets, 1,024 dials.
   */
  public static QuicSettings defaults() {
    return new QuicSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        256,
        256,
        16_384,
        1024);
  }

  public QuicSettings withHandshakeTimeout(Duration changed) {
    return new QuicSettings(
        changed, idleTimeout, keepAlive, incomingStreams, incomingHandshakes, resetStreams, dials);
  }

  public QuicSettings withIdleTimeout(Duration changed) {
    return new QuicSettings(
        handshakeTimeout,
        changed,
        keepAlive,
        incomingStreams,
        incomingHandshakes,
        resetStreams,
        dials);
  }

  public QuicSettings withKeepAlive(Duration changed) {
    return new QuicSettings(
        handshakeTimeout,
        idleTimeout,
        changed,
        incomingStreams,
        incomingHandshakes,
        resetStreams,
        dials);
  }

  public QuicSettings withIncomingStreams(int changed) {
    return new QuicSettings(
        handshakeTimeout, idleTimeout, keepAlive, changed, incomingHandshakes, resetStreams, dials);
  }

  public QuicSettings withIncomingHandshakes(int changed) {
    return new QuicSettings(
        handshakeTimeout, idleTimeout, keepAlive, incomingStreams, changed, resetStreams, dials);
  }

  public QuicSettings withResetStreams(int changed) {
    return new QuicSettings(
        handshakeTimeout,
        idleTimeout,
        keepAlive,
        incomingStreams,
        incomingHandshakes,
        changed,
        dials);
  }
}
