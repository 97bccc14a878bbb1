package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The listener's end: takes the first proposal that it supports and answers the others with {@code
 * na}. The header is sent with the first answer if the proposal came with the peer's header, else
 * at once. {@code ls} is answered by the list if that fits in one message, else refused like any
 * unknown proposal.
 */
final class Responder extends Negotiator {
  /** Of proposals and {@code ls} together. */
  static final int MAX_REQUESTS = 100;

  private static final String LIST = "ls";

  private final Set<ProtocolId> supported;
  private int requests;

  Responder(Set<ProtocolId> supported) {
    this.supported = supported;
  }

  @Override
  void greeted() {
    send(HEADER);
  }

  @Override
  @Nullable ProtocolId answer(String message) throws NegotiationException {
    ProtocolId proposal = message.startsWith("/") ? protocol(message) : null;
    if (proposal != null) {
      send(message);
      return proposal;
    }
    requests++;
    if (requests == MAX_REQUESTS) {
      throw new NegotiationException(
          "the peer proposed nothing that is spoken here " + MAX_REQUESTS + " times");
    }
    if (!message.equals(LIST) || !list()) {
      send(NOT_AVAILABLE);
    }
    return null;
  }

  private @Nullable ProtocolId protocol(String message) {
    if (message.indexOf('\n') >= 0) {
      return null;
    }
    ProtocolId protocol = new ProtocolId(message);
    return supported.contains(protocol) ? protocol : null;
  }

  private boolean list() {
    MessageWriter lines = new MessageWriter();
    for (ProtocolId protocol : supported) {
      lines.line(protocol.name());
      if (lines.size() >= MessageReader.MAX_BYTES) {
        return false;
      }
    }
    sendNested(lines);
    return true;
  }
}
