package io.github.cachemesh.libp2p.transport.quic;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.MuxedStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(30)
@ExtendWith(BufferLeaks.class)
class QuicConnectionTest {
  private static final Duration IDLE = Duration.ofMillis(300);
  private static final Duration OFTEN = Duration.ofMillis(50);

  @Test
  void connectionThatIsKeptAliveOutlivesItsIdleTimeout() throws Exception {
    QuicSettings settings = QuicSettings.defaults().withIdleTimeout(IDLE).withKeepAlive(OFTEN);
    try (QuicHost listener = new QuicHost(settings);
        QuicHost dialer = new QuicHost(settings)) {
      MuxedConnection dialed = dialer.dial(listener.listen()).get(10, SECONDS);
      MuxedConnection accepted = listener.accept();
      assertThat(
              dialed
                  .executor()
                  .schedule(
                      () -> dialed.closed().toCompletableFuture().isDone(),
                      3 * IDLE.toMillis(),
                      MILLISECONDS)
                  .get())
          .isFalse();
      assertThat(accepted.closed().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void peerThatFallsSilentEndsTheConnectionAndItsStreams() throws Exception {
    QuicSettings settings = QuicSettings.defaults().withIdleTimeout(IDLE).withKeepAlive(OFTEN);
    try (QuicHost listener = new QuicHost(settings);
        QuicHost dialer = new QuicHost(settings);
        UdpRelay relay = new UdpRelay(listener.listen())) {
      MuxedConnection dialed = dialer.dial(relay.address()).get(10, SECONDS);
      dialed.start(MuxedStream::close);
      MuxedStream stream = dialed.open();
      relay.cut();
      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
          .withMessageContaining("silent");
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> dialed.closed().toCompletableFuture().get(10, SECONDS))
          .withCauseInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void creditOfStreamsComesBackHoweverTheyEnd() throws Exception {
    int few = 4;
    QuicSettings settings = QuicSettings.defaults().withIncomingStreams(few);
    try (QuicHost listener = new QuicHost(settings);
        QuicHost dialer = new QuicHost(settings)) {
      MuxedConnection dialed = dialer.dial(listener.listen()).get(10, SECONDS);
      BlockingQueue<MuxedStream> accepted = new LinkedBlockingQueue<>();
      listener.accept().start(accepted::add);
      dialed.start(MuxedStream::close);
      for (int i = 0; i < 10 * few; i++) {
        MuxedStream near = dialed.open();
        Streams.send(near, "a");
        MuxedStream far = accepted.poll(10, SECONDS);
        Streams.receive(far, 1);
        end(i % 5, near, far);
        assertThat(near.over().toCompletableFuture()).succeedsWithin(10, SECONDS);
        assertThat(far.over().toCompletableFuture()).succeedsWithin(10, SECONDS);
      }
    }
  }

  private static void end(int way, MuxedStream near, MuxedStream far) throws IOException {
    switch (way) {
      case 0 -> {
        far.close();
        near.close();
      }
      case 1 -> {
        far.closeWrite();
        assertThat(near.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        far.reset(new IOException("no longer wanted"));
        near.close();
      }
      case 2 -> near.reset(new IOException("no longer wanted"));
      case 3 -> far.reset(new IOException("no longer wanted"));
      default -> {
        near.closeWrite();
        assertThat(far.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        near.closeRead();
        far.close();
      }
    }
  }

  @Test
  void streamsWaitUntilTheConnectionIsStarted() throws Exception {
    try (QuicHost listener = new QuicHost(QuicSettings.defaults());
        QuicHost dialer = new QuicHost(QuicSettings.defaults())) {
      MuxedConnection dialed = dialer.dial(listener.listen()).get(10, SECONDS);
      MuxedConnection accepted = listener.accept();
      dialed.start(MuxedStream::close);
      MuxedStream near = dialed.open();
      Streams.send(near, "early");
      near.closeWrite();
      BlockingQueue<MuxedStream> streams = new LinkedBlockingQueue<>();
      // More than the packet needs to arrive.
      accepted.executor().schedule(() -> accepted.start(streams::add), 100, MILLISECONDS).get();
      assertThat(Streams.receive(streams.poll(10, SECONDS), 5)).isEqualTo("early");
    }
  }

  @Test
  void peerThatResetsTooManyStreamsLosesTheConnection() throws Exception {
    int few = 5;
    try (QuicHost listener = new QuicHost(QuicSettings.defaults().withResetStreams(few));
        QuicHost dialer = new QuicHost(QuicSettings.defaults())) {
      MuxedConnection dialed = dialer.dial(listener.listen()).get(10, SECONDS);
      MuxedConnection accepted = listener.accept();
      BlockingQueue<MuxedStream> streams = new LinkedBlockingQueue<>();
      accepted.start(streams::add);
      dialed.start(MuxedStream::close);
      for (int i = 0; i <= few; i++) {
        MuxedStream near = dialed.open();
        Streams.send(near, "a");
        Streams.receive(streams.poll(10, SECONDS), 1);
        assertThat(accepted.closed().toCompletableFuture()).isNotDone();
        near.reset(new IOException("once more"));
      }
      assertEnded(accepted, "reset");
    }
  }

  @Test
  void peerThatSendsWhatNobodyReadsTooOftenLosesTheConnection() throws Exception {
    QuicSettings settings = QuicSettings.defaults().withIncomingStreams(2);
    try (QuicHost listener = new QuicHost(settings);
        QuicHost dialer = new QuicHost(settings)) {
      MuxedConnection dialed = dialer.dial(listener.listen()).get(10, SECONDS);
      MuxedConnection accepted = listener.accept();
      BlockingQueue<MuxedStream> streams = new LinkedBlockingQueue<>();
      accepted.start(streams::add);
      dialed.start(MuxedStream::close);
      for (int i = 0; i < 2; i++) {
        MuxedStream near = dialed.open();
        Streams.send(near, "a");
        MuxedStream far = streams.poll(10, SECONDS);
        far.close();
        assertThat(near.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> near.write(ByteBuffer.allocate(16 * 1024 * 1024)));
        near.close();
      }
      assertEnded(accepted, "nobody read");
    }
  }

  private static void assertEnded(MuxedConnection connection, String reason) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> connection.closed().toCompletableFuture().get(10, SECONDS))
        .withCauseInstanceOf(LimitExceededException.class)
        .withMessageContaining(reason);
  }

  @Test
  void endOfTheReactorEndsWhatBlocks() throws Exception {
    try (QuicHost listener = new QuicHost(QuicSettings.defaults())) {
      CompletableFuture<IOException> failure = new CompletableFuture<>();
      try (QuicHost dialer = new QuicHost(QuicSettings.defaults())) {
        MuxedConnection dialed = dialer.dial(listener.listen()).get(10, SECONDS);
        dialed.start(MuxedStream::close);
        MuxedStream stream = dialed.open();
        Thread.startVirtualThread(
            () -> {
              try {
                stream.read(ByteBuffer.allocate(1));
              } catch (IOException e) {
                failure.complete(e);
              }
            });
      }
      assertThat(failure.get(10, SECONDS)).isInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void nothingIsLeftOfAClosedTransport() throws Exception {
    QuicHost listener = new QuicHost(QuicSettings.defaults());
    QuicHost dialer = new QuicHost(QuicSettings.defaults());
    MuxedConnection dialed = dialer.dial(listener.listen()).get(10, SECONDS);
    MuxedConnection accepted = listener.accept();
    dialed.close();
    assertThat(dialed.closed().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThat(accepted.closed().toCompletableFuture()).succeedsWithin(10, SECONDS);
    dialer.close();
    listener.close();
    assertThatExceptionOfType(IOException.class).isThrownBy(dialed::open);
  }
}
