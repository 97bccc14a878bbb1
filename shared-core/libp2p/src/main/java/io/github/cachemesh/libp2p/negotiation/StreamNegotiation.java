package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.StreamResetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Agrees with the peer on the protocol of a stream. Blocks, for virtual threads; the time is for
 * the caller to bound, by resetting the stream. When it throws, the stream has been reset, unless
 * the thread was interrupted.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/connections/README.md">the
 *     specification</a>, "Opening New Streams Over a Connection"
 */
public final class StreamNegotiation {
  /** Of one read: holds what peers send in one piece, unless their names are long. */
  private static final int READ_BYTES = 512;

  private StreamNegotiation() {}

  /**
   * The end that opened the stream. With a single protocol it does not wait (lazy negotiation): the
   * proposal goes out with the first bytes that are written, with a read, or with the end of the
   * flow, whichever is first; the peer's answer is taken by the first read, which throws {@link
   * NegotiationException} or {@link ProtocolViolationException} in place of {@code dial}.
   *
   * @param protocols in order of preference, not empty
   * @throws NegotiationException when the peer speaks none of them
   * @throws ProtocolViolationException when it does not speak multistream-select
   */
  public static NegotiatedStream dial(MuxedStream stream, List<ProtocolId> protocols)
      throws IOException {
    Proposer proposer = new Proposer(protocols);
    if (protocols.size() == 1) {
      return new NegotiatedStream(protocols.getFirst(), new LazyStream(stream, proposer));
    }
    stream.write(proposer.output());
    return agree(stream, proposer);
  }

  /**
   * The end to which the stream was opened.
   *
   * @param supported what is spoken here; asked by {@code contains}, and listed if the peer wants
   *     it
   * @throws NegotiationException when the peer proposes none of them and gives up, or does so too
   *     often
   * @throws ProtocolViolationException when it does not speak multistream-select
   */
  public static NegotiatedStream listen(MuxedStream stream, Set<ProtocolId> supported)
      throws IOException {
    return agree(stream, new Responder(supported));
  }

  private static NegotiatedStream agree(MuxedStream stream, Negotiator negotiator)
      throws IOException {
    ByteBuffer received = buffer();
    while (true) {
      ProtocolId agreed = advance(stream, negotiator, received);
      ByteBuffer output = negotiator.output();
      if (agreed != null) {
        confirm(stream, output);
        return new NegotiatedStream(agreed, PrefixedStream.of(stream, received));
      }
      if (output.hasRemaining()) {
        stream.write(output);
      }
    }
  }

  static ByteBuffer buffer() {
    return ByteBuffer.allocate(READ_BYTES);
  }

  /** The peer may have sent all and stopped reading, this answer too: that is its right. */
  private static void confirm(MuxedStream stream, ByteBuffer output) throws IOException {
    if (!output.hasRemaining()) {
      return;
    }
    try {
      stream.write(output);
    } catch (StreamResetException _) {
      // A reset of both flows shows with the first read.
    }
  }

  /**
   * Reads once.
   *
   * @param received gets what was read, less what was taken
   */
  static @Nullable ProtocolId advance(
      MuxedStream stream, Negotiator negotiator, ByteBuffer received) throws IOException {
    received.clear();
    int count = stream.read(received);
    received.flip();
    try {
      if (count < 0) {
        throw new NegotiationException("the peer ended the stream without agreeing on a protocol");
      }
      return negotiator.take(received);
    } catch (NegotiationException | ProtocolViolationException e) {
      stream.reset(e);
      throw e;
    }
  }
}
