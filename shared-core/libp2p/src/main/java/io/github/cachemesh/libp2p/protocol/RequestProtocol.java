package io.github.cachemesh.libp2p.protocol;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.Frame;
import io.github.cachemesh.libp2p.core.ProtocolHandler;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Stream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A protocol of one request and one answer, each a {@link Frame}, on a stream of their own.
 * Thread-safe.
 *
 * @param id its name
 * @param request what is asked
 * @param answer what is answered
 * @param limit bound on the whole exchange, for both ends
 */
public record RequestProtocol<Q, A>(
    ProtocolId id, Codec<Q> request, Codec<A> answer, Duration limit) {

  /** Answers requests; blocks if it has to. */
  @FunctionalInterface
  public interface Answerer<Q, A> {
    /**
     * @throws IOException when there is no answer: the stream is reset
     */
    A answer(Q request, Connection from) throws IOException;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws io.github.cachemesh.libp2p.core.DeadlineExceededException after the limit
   * @throws io.github.cachemesh.libp2p.core.NegotiationException when the peer lacks the protocol
   * @throws io.github.cachemesh.libp2p.core.StreamResetException when the peer refuses
   * @throws ProtocolViolationException when the answer is none, or too long
   */
  public A ask(Connection peer, Q question) throws IOException {
    Stream stream = peer.open(List.of(id));
    try {
      stream.deadline(limit);
      Frame.write(stream, request.encode(question));
      stream.closeWrite();
      A answered = decoded(answer, Frame.read(stream, answer.maxBytes()));
      stream.close();
      return answered;
    } catch (IOException e) {
      stream.reset(e);
      throw e;
    }
  }

  /** The end that is asked, to be registered under {@link #id}. */
  public ProtocolHandler answering(Answerer<Q, A> answerer) {
    return stream -> {
      stream.deadline(limit);
      Q question = decoded(request, Frame.read(stream, request.maxBytes()));
      Frame.write(stream, answer.encode(answerer.answer(question, stream.connection())));
    };
  }

  private <T> T decoded(Codec<T> codec, byte @Nullable [] message) throws IOException {
    if (message == null) {
      throw new EOFException(id + ": the flow ended without a message");
    }
    try {
      return codec.decode(message);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolationException(id + ": " + e.getMessage(), e);
    }
  }
}
