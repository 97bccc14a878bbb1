package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.identity.PeerId;

/**
 * There are never more streams than {@link StreamLimits} say. A stream's grant is released when it
 * is over. Thread-safe; does not block.
 */
final class StreamAdmission {
  private static final Quota[] NONE = {};

  private final Refusals refusals;
  private final Tally all;
  private final Tally inbound;
  private final Tally outbound;
  private final TallyByKey<PeerId> inboundOfPeer;
  private final TallyByKey<PeerId> outboundToPeer;
  private final TallyByKey<ProtocolId> ofProtocol;
  private final Tally negotiations;
  private final Quota[] negotiated;

  StreamAdmission(StreamLimits limits, Refusals refusals) {
    this.refusals = refusals;
    all = new Tally(Limit.STREAMS, limits.all());
    inbound = new Tally(Limit.INBOUND_STREAMS, limits.inbound());
    outbound = new Tally(Limit.OUTBOUND_STREAMS, limits.outbound());
    inboundOfPeer = new TallyByKey<>(Limit.INBOUND_PEER_STREAMS, limits.inboundPerPeer());
    outboundToPeer = new TallyByKey<>(Limit.OUTBOUND_PEER_STREAMS, limits.outboundPerPeer());
    ofProtocol = new TallyByKey<>(Limit.PROTOCOL_STREAMS, limits.perProtocol());
    negotiations = new Tally(Limit.STREAM_NEGOTIATIONS, limits.negotiations());
    negotiated = new Quota[] {negotiations};
  }

  /** For a stream that the peer opened; next comes {@link #acceptedFor}. */
  Grant accepted(PeerId peer) throws LimitExceededException {
    return Grant.of(refusals, negotiations, inboundOfPeer.of(peer), inbound, all);
  }

  void acceptedFor(Grant stream, ProtocolId protocol) throws LimitExceededException {
    stream.exchange(negotiated, ofProtocol.of(protocol));
  }

  /** For a stream that is to be opened; next comes {@link #openedFor}. */
  Grant opened(PeerId peer) throws LimitExceededException {
    return Grant.of(refusals, outboundToPeer.of(peer), outbound, all);
  }

  void openedFor(Grant stream, ProtocolId protocol) throws LimitExceededException {
    stream.exchange(NONE, ofProtocol.of(protocol));
  }

  int count() {
    return all.used();
  }
}
