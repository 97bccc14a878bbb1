package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.net.InetAddress;
import java.util.Optional;

/**
 * There are never more connections than {@link ConnectionLimits} say. A connection's grant is
 * released when it is closed. Thread-safe; does not block.
 */
final class ConnectionAdmission {
  private final Refusals refusals;
  private final Tally all;
  private final Tally inbound;
  private final Tally outbound;
  private final TallyByKey<PeerId> ofPeer;
  private final TallyByKey<InetAddress> ofSubnet;
  private final Tally handshakes;
  private final Tally dials;
  private final Quota[] shaken;

  ConnectionAdmission(ConnectionLimits limits, Refusals refusals) {
    this.refusals = refusals;
    all = new Tally(Limit.CONNECTIONS, limits.all());
    inbound = new Tally(Limit.INBOUND_CONNECTIONS, limits.inbound());
    outbound = new Tally(Limit.OUTBOUND_CONNECTIONS, limits.outbound());
    ofPeer = new TallyByKey<>(Limit.PEER_CONNECTIONS, limits.perPeer());
    ofSubnet = new TallyByKey<>(Limit.SUBNET_CONNECTIONS, limits.perSubnet());
    handshakes = new Tally(Limit.INBOUND_HANDSHAKES, limits.handshakes());
    dials = new Tally(Limit.DIALED_PEERS, limits.dials());
    shaken = new Quota[] {handshakes};
  }

  /** Whether an inbound connection would get its grant now; takes nothing, counts a refusal. */
  boolean admits(Multiaddr remote) {
    for (Quota quota : forInbound(remote)) {
      if (quota.isFull()) {
        refusals.count(quota.limit());
        return false;
      }
    }
    return true;
  }

  /** For an inbound connection before its handshakes; next comes {@link #acceptedFrom}. */
  Grant accepted(Multiaddr remote) throws LimitExceededException {
    return Grant.of(refusals, forInbound(remote));
  }

  void acceptedFrom(Grant connection, PeerId peer) throws LimitExceededException {
    connection.exchange(shaken, ofPeer.of(peer));
  }

  /** For dialing a peer, at however many addresses; released when that ends. */
  Grant dialing() throws LimitExceededException {
    if (outbound.isFull()) {
      throw refusals.refused(outbound.limit(), outbound.max());
    }
    if (all.isFull()) {
      throw refusals.refused(all.limit(), all.max());
    }
    return Grant.of(refusals, dials);
  }

  /** For a connection that was dialed. */
  Grant dialed(PeerId peer) throws LimitExceededException {
    return Grant.of(refusals, ofPeer.of(peer), outbound, all);
  }

  int count() {
    return all.used();
  }

  private Quota[] forInbound(Multiaddr remote) {
    Optional<InetAddress> subnet = Subnet.of(remote);
    return subnet.isPresent()
        ? new Quota[] {handshakes, ofSubnet.of(subnet.get()), inbound, all}
        : new Quota[] {handshakes, inbound, all};
  }
}
