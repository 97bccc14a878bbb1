package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dialer's end: proposes its protocols one after the other until the peer takes one. The first
 * goes out with the header, without waiting for the peer's.
 */
final class Proposer extends Negotiator {
  private final List<ProtocolId> protocols;
  private int proposed;

  /**
   * @param protocols in order of preference, not empty
   */
  Proposer(List<ProtocolId> protocols) {
    this.protocols = protocols;
    send(HEADER);
    send(protocols.getFirst().name());
  }

  @Override
  void greeted() {}

  @Override
  @Nullable ProtocolId answer(String message)
      throws ProtocolViolationException, NegotiationException {
    ProtocolId proposal = protocols.get(proposed);
    if (message.equals(proposal.name())) {
      return proposal;
    }
    if (!message.equals(NOT_AVAILABLE)) {
      throw new ProtocolViolationException(
          "multistream-select: the peer answered " + proposal + " neither by it nor by na");
    }
    proposed++;
    if (proposed == protocols.size()) {
      throw new NegotiationException("the peer speaks none of " + protocols);
    }
    send(protocols.get(proposed).name());
    return null;
  }
}
