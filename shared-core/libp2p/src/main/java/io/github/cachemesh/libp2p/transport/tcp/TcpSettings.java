package io.github.cachemesh.libp2p.transport.tcp;

import io.github.cachemesh.libp2p.transport.InboundUpgrades;
import java.time.Duration;

/**
 * What a host chooses about TCP.
 *
 * @param connectTimeout how long a peer may take to answer a dial, before any handshake
 * @param portReuse whether dials leave from a port that is listened on, where the system can: NATs
 *     then show the same address for both
 * @param backlog connections that the system holds until they are accepted
 * @param maxPendingInbound accepted connections whose handshakes have not ended; further ones are
 *     closed
 * @param maxDials dials that have not ended; further ones fail
 */
public record TcpSettings(
    Duration connectTimeout, boolean portReuse, int backlog, int maxPendingInbound, int maxDials) {
  /**
   * @throws IllegalArgumentException naming what is out of its bounds
   */
  public TcpSettings {
    if (!connectTimeout.isPositive() || connectTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("connectTimeout is above 0 and at most 24 days");
    }
    if (backlog < 1 || maxPendingInbound < 1 || maxDials < 1) {
      throw new IllegalArgumentException("backlog, maxPendingInbound and maxDials are above 0");
    }
  }

  /** 5 s to connect, with port reuse, backlog 1,024, 256 pending handshakes, 1,024 dials. */
  public static TcpSettings defaults() {
    return new TcpSettings(
        Duration.ofSeconds(5), true, 1024, InboundUpgrades.DEFAULT_MAX_PENDING, 1024);
  }

  public TcpSettings withConnectTimeout(Duration changed) {
    return new TcpSettings(changed, portReuse, backlog, maxPendingInbound, maxDials);
  }

  public TcpSettings withPortReuse(boolean changed) {
    return new TcpSettings(connectTimeout, changed, backlog, maxPendingInbound, maxDials);
  }

  public TcpSettings withMaxPendingInbound(int changed) {
    return new TcpSettings(connectTimeout, portReuse, backlog, changed, maxDials);
  }
}
