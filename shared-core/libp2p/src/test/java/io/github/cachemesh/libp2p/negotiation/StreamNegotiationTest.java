package io.github.cachemesh.libp2p.negotiation;

import static io.github.cachemesh.libp2p.negotiation.Wire.A;
import static io.github.cachemesh.libp2p.negotiation.Wire.B;
import static io.github.cachemesh.libp2p.negotiation.Wire.BOTH;
import static io.github.cachemesh.libp2p.negotiation.Wire.lines;
import static io.github.cachemesh.libp2p.negotiation.Wire.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.StreamPair;
import io.github.cachemesh.libp2p.core.StreamResetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StreamNegotiationTest {
  private static final Executor VIRTUAL = Thread::startVirtualThread;
  private static final String HEADER = "/multistream/1.0.0";

  private final StreamPair pair = new StreamPair(A);
  private final MuxedStream dialer = pair.dialer();
  private final MuxedStream listener = pair.listener();

  private static String read(MuxedStream stream) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(5000);
    return stream.read(target) < 0 ? "end" : text(target.flip());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private CompletableFuture<NegotiatedStream> listening(Set<ProtocolId> supported) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return StreamNegotiation.listen(listener, supported);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        VIRTUAL);
  }

  @Test
  void firstCommonProtocolIsTaken() throws Exception {
    CompletableFuture<NegotiatedStream> answer = listening(Set.of(B));
    NegotiatedStream dialed = StreamNegotiation.dial(dialer, BOTH);
    assertThat(dialed.protocol()).isEqualTo(B);
    assertThat(answer.get().protocol()).isEqualTo(B);
    dialed.stream().write(bytes("up"));
    assertThat(read(answer.get().stream())).isEqualTo("up");
    answer.get().stream().write(bytes("down"));
    assertThat(read(dialed.stream())).isEqualTo("down");
  }

  @Test
  void dialerFailsWhenNothingIsInCommon() {
    CompletableFuture<NegotiatedStream> answer = listening(Set.of());
    assertThatExceptionOfType(NegotiationException.class)
        .isThrownBy(() -> StreamNegotiation.dial(dialer, BOTH));
    assertThat(pair.dialer().resetBy()).isInstanceOf(NegotiationException.class);
    assertThat(answer).failsWithin(5, TimeUnit.SECONDS);
  }

  @Test
  void listenerFailsWhenDialerGivesUp() throws Exception {
    dialer.write(lines(HEADER, "/a/1"));
    dialer.closeWrite();
    assertThatExceptionOfType(NegotiationException.class)
        .isThrownBy(() -> StreamNegotiation.listen(listener, Set.of(B)));
    assertThat(pair.listener().resetBy()).isInstanceOf(NegotiationException.class);
  }

  @Test
  void streamOfAnotherProtocolIsReset() throws Exception {
    dialer.write(bytes("GET / HTTP/1.1\r\n".repeat(9)));
    assertThatExceptionOfType(ProtocolViolationException.class)
        .isThrownBy(() -> StreamNegotiation.listen(listener, Set.of(A)));
    assertThat(pair.listener().resetBy()).isInstanceOf(ProtocolViolationException.class);
  }

  @Test
  void dataThatCameWithTheProposalIsReadFirst() throws Exception {
    dialer.write(bytes(text(HEADER, "/a/1") + "with it"));
    dialer.write(bytes("behind it"));
    MuxedStream stream = StreamNegotiation.listen(listener, Set.of(A)).stream();
    ByteBuffer four = ByteBuffer.allocate(4);
    stream.read(four);
    assertThat(text(four.flip())).isEqualTo("with");
    assertThat(read(stream)).isEqualTo(" it");
    assertThat(read(stream)).isEqualTo("behind it");
  }

  @Test
  void listenerToleratesThatItsAnswerIsNotReadAnymore() throws Exception {
    dialer.write(lines(HEADER, "/a/1"));
    MuxedStream deaf =
        new ForwardingStream(listener) {
          @Override
          public void write(ByteBuffer source) throws IOException {
            throw new StreamResetException("the peer stopped reading");
          }
        };
    assertThat(StreamNegotiation.listen(deaf, Set.of(A)).protocol()).isEqualTo(A);
  }

  @Test
  void lazyProposalGoesOutWithTheFirstBytes() throws Exception {
    MuxedStream lazy = StreamNegotiation.dial(dialer, List.of(A)).stream();
    lazy.write(bytes("first"));
    lazy.write(bytes("second"));
    assertThat(read(listener)).isEqualTo(text(HEADER, "/a/1") + "first");
    assertThat(read(listener)).isEqualTo("second");
  }

  @Test
  void longFirstWriteIsSentWhole() throws Exception {
    MuxedStream lazy = StreamNegotiation.dial(dialer, List.of(A)).stream();
    lazy.write(ByteBuffer.allocate(9000));
    dialer.closeWrite();
    int count = 0;
    ByteBuffer target = ByteBuffer.allocate(20000);
    while (listener.read(target) >= 0) {
      count = target.position();
    }
    assertThat(count).isEqualTo(9000 + text(HEADER, "/a/1").length());
  }

  @Test
  void lazyReadProposesAndTakesTheAnswer() throws Exception {
    CompletableFuture<NegotiatedStream> answer = listening(Set.of(A));
    answer.thenAcceptAsync(
        stream -> {
          try {
            stream.stream().write(bytes("hello"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        VIRTUAL);
    MuxedStream lazy = StreamNegotiation.dial(dialer, List.of(A)).stream();
    assertThat(read(lazy)).isEqualTo("hello");
  }

  @Test
  void dataThatCameWithTheLazyAnswerIsRead() throws Exception {
    listener.write(bytes(text(HEADER, "/a/1") + "data"));
    MuxedStream lazy = StreamNegotiation.dial(dialer, List.of(A)).stream();
    assertThat(read(lazy)).isEqualTo("data");
  }

  @Test
  void lazyRefusalShowsWithTheFirstRead() throws Exception {
    listener.write(lines(HEADER, "na"));
    MuxedStream lazy = StreamNegotiation.dial(dialer, List.of(A)).stream();
    lazy.write(bytes("for nobody"));
    assertThatExceptionOfType(NegotiationException.class).isThrownBy(() -> read(lazy));
    assertThat(pair.dialer().resetBy()).isInstanceOf(NegotiationException.class);
  }

  @Test
  void closedWithoutAByteIsStillProposed() throws Exception {
    CompletableFuture<NegotiatedStream> answer = listening(Set.of(A));
    MuxedStream lazy = StreamNegotiation.dial(dialer, List.of(A)).stream();
    lazy.closeWrite();
    assertThat(read(answer.get(5, TimeUnit.SECONDS).stream())).isEqualTo("end");
    assertThatExceptionOfType(StreamResetException.class)
        .isThrownBy(() -> lazy.write(bytes("too late")));
  }

  @Test
  void resetEndsReadingOfWhatWasThere() throws Exception {
    dialer.write(bytes(text(HEADER, "/a/1") + "data"));
    MuxedStream stream = StreamNegotiation.listen(listener, Set.of(A)).stream();
    stream.reset(new IOException("enough"));
    assertThatExceptionOfType(StreamResetException.class).isThrownBy(() -> read(stream));
  }
}
