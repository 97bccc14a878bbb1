package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a negotiation by multistream-select 1.0, without any input or output: bytes of the
 * peer go in, bytes for it come out, and those behind the agreement are left to the next layer. It
 * holds at most one message of {@value MessageReader#MAX_BYTES} bytes. Not thread-safe.
 *
 * @see <a href="https://github.com/multiformats/multistream-select">the specification</a>
 */
abstract sealed class Negotiator permits Proposer, Responder {
  static final String HEADER = "/multistream/1.0.0";
  static final String NOT_AVAILABLE = "na";

  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();
  private boolean greeted;

  /**
   * Takes what the peer sent, up to the end of the negotiation. To be followed by {@link #output}.
   *
   * @return the protocol that both agreed on, once they did; nothing is to be taken after it
   * @throws ProtocolViolationException when the peer speaks something else
   * @throws NegotiationException when there is no protocol in common
   */
  final @Nullable ProtocolId take(ByteBuffer source)
      throws ProtocolViolationException, NegotiationException {
    while (true) {
      String message = reader.take(source);
      if (message == null) {
        return null;
      }
      if (!greeted) {
        greet(message);
        continue;
      }
      ProtocolId agreed = answer(message);
      if (agreed != null) {
        return agreed;
      }
    }
  }

  private void greet(String message) throws ProtocolViolationException {
    if (!message.equals(HEADER)) {
      throw new ProtocolViolationException(
          "the peer did not begin with " + HEADER + ": it speaks another protocol");
    }
    greeted = true;
    greeted();
  }

  /** The peer's header came. */
  abstract void greeted();

  abstract @Nullable ProtocolId answer(String message)
      throws ProtocolViolationException, NegotiationException;

  final void send(String line) {
    writer.line(line);
  }

  final void sendNested(MessageWriter lines) {
    writer.nested(lines);
  }

  /** What is to be sent now; may be empty. */
  final ByteBuffer output() {
    return writer.take();
  }
}
