package io.github.cachemesh.libp2p.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every muxer does. A stream need not reach the other end before its first byte, so each test
 * sends one.
 */
@ExtendWith(BufferLeaks.class)
@Timeout(60)
public abstract class MuxerContract {
  /** More than any muxer's window. */
  private static final int FLOOD_BYTES = 24 * 1024 * 1024;

  private static final int PATTERN = 251;

  /** The two ends of a connection, not started. */
  public record Pair(StreamSession dialer, StreamSession listener) {}

  protected abstract Pair connect() throws Exception;

  private final BlockingQueue<MuxedStream> acceptedByListener = new LinkedBlockingQueue<>();
  private final BlockingQueue<MuxedStream> acceptedByDialer = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Pair pair;

  @BeforeEach
  final void startBothEnds() throws Exception {
    pair = connect();
    pair.listener().start(acceptedByListener::add);
    pair.dialer().start(acceptedByDialer::add);
  }

  @AfterEach
  final void endBothEnds() {
    pair.dialer().close();
    pair.listener().close();
    assertThat(pair.dialer().closed().toCompletableFuture())
        .satisfies(closed -> closed.handle((_, _) -> true).get(10, SECONDS));
    assertThat(pair.listener().closed().toCompletableFuture())
        .satisfies(closed -> closed.handle((_, _) -> true).get(10, SECONDS));
    threads.shutdownNow();
  }

  @Test
  void bytesArriveAsTheyWereSentBothWays() throws Exception {
    Streams streams = opened();
    int length = 3_000_001;
    Future<Void> up = async(() -> send(streams.near(), length));
    Future<Void> down = async(() -> send(streams.far(), length));
    Future<Long> received = async(() -> expect(streams.near(), length));
    assertThat(expect(streams.far(), length)).isEqualTo(length);
    assertThat(received.get()).isEqualTo(length);
    up.get();
    down.get();
  }

  @Test
  void listenerOpensStreamsToo() throws Exception {
    MuxedStream near = pair.listener().open();
    near.write(bytes(7));
    MuxedStream far = acceptedByDialer.poll(10, SECONDS);
    assertThat(readOne(far)).isEqualTo(7);
    far.write(bytes(8));
    assertThat(readOne(near)).isEqualTo(8);
    near.close();
    far.close();
  }

  @Test
  void openerMayWaitForTheFirstWord() throws Exception {
    MuxedStream near = pair.dialer().open();
    near.closeWrite();
    MuxedStream far = acceptedByListener.poll(10, SECONDS);
    far.write(bytes(9));
    assertThat(readOne(near)).isEqualTo(9);
    far.close();
    near.close();
  }

  @Test
  void streamsKeepTheirBytesApart() throws Exception {
    int count = 100;
    List<Future<Void>> echoes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 1_000 * i + 1;
      echoes.add(
          async(
              () -> {
                MuxedStream near = pair.dialer().open();
                Future<Void> sent =
                    async(
                        () -> {
                          send(near, length);
                          near.closeWrite();
                          return null;
                        });
                assertThat(expectAll(near)).isEqualTo(length);
                sent.get();
                near.close();
                return null;
              }));
    }
    for (int i = 0; i < count; i++) {
      MuxedStream far = acceptedByListener.poll(10, SECONDS);
      async(() -> echo(far));
    }
    for (Future<Void> echo : echoes) {
      echo.get(30, SECONDS);
    }
  }

  @Test
  void endIsReadBehindTheLastByteAndTheOtherWayStaysOpen() throws Exception {
    Streams streams = opened();
    streams.near().write(bytes(1, 2, 3));
    streams.near().closeWrite();
    assertThat(expectBytes(streams.far(), 3)).containsExactly(1, 2, 3);
    assertThat(streams.far().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    streams.far().write(bytes(4));
    assertThat(readOne(streams.near())).isEqualTo(4);
    streams.far().closeWrite();
    assertThat(streams.near().read(ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  @Test
  void writingAfterItsEndFails() throws Exception {
    Streams streams = opened();
    streams.near().closeWrite();
    assertThatThrownBy(() -> streams.near().write(bytes(1)))
        .isInstanceOf(StreamResetException.class);
  }

  @Test
  void streamIsOverWhenBothFlowsHaveEnded() throws Exception {
    Streams streams = opened();
    streams.near().closeWrite();
    assertThat(streams.far().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    assertThat(streams.far().over().toCompletableFuture()).isNotDone();
    streams.far().closeWrite();
    assertThat(streams.near().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    assertThat(streams.near().over().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThat(streams.far().over().toCompletableFuture()).succeedsWithin(10, SECONDS);
  }

  @Test
  void resetEndsWaitingReadersOfBothEnds() throws Exception {
    Streams streams = opened();
    IOException reason = new DeadlineExceededException("five seconds are over");
    Future<Integer> near = async(() -> streams.near().read(ByteBuffer.allocate(1)));
    Future<Integer> far = async(() -> streams.far().read(ByteBuffer.allocate(1)));
    streams.near().reset(reason);
    assertThatThrownBy(() -> near.get(10, SECONDS)).hasCause(reason);
    assertThatThrownBy(() -> far.get(10, SECONDS)).hasCauseInstanceOf(StreamResetException.class);
    assertThatThrownBy(() -> streams.far().write(bytes(1)))
        .isInstanceOf(StreamResetException.class);
    assertThat(streams.near().over().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThat(streams.far().over().toCompletableFuture()).succeedsWithin(10, SECONDS);
  }

  @Test
  void resetEndsWriterThatWaitsForWindow() throws Exception {
    Streams streams = opened();
    Future<Void> flood = async(() -> send(streams.near(), FLOOD_BYTES));
    readOne(streams.far());
    streams.far().reset(new IOException("enough"));
    assertThatThrownBy(() -> flood.get(10, SECONDS)).hasCauseInstanceOf(StreamResetException.class);
  }

  @Test
  void slowReaderHoldsItsOwnStreamOnly() throws Exception {
    Streams slow = opened();
    Future<Void> flood = async(() -> send(slow.near(), FLOOD_BYTES));
    Streams quick = opened();
    Future<Void> sent = async(() -> send(quick.near(), 1_000_000));
    assertThat(expect(quick.far(), 1_000_000)).isEqualTo(1_000_000);
    sent.get(10, SECONDS);
    assertThat(flood).as("more than a window was taken unread").isNotDone();
    assertThat(expect(slow.far(), FLOOD_BYTES)).isEqualTo(FLOOD_BYTES);
    flood.get(10, SECONDS);
  }

  @Test
  void writerLearnsThatTheOtherEndClosed() throws Exception {
    Streams streams = opened();
    streams.far().close();
    Future<Void> flood = async(() -> send(streams.near(), FLOOD_BYTES));
    assertThatThrownBy(() -> flood.get(10, SECONDS)).hasCauseInstanceOf(StreamResetException.class);
  }

  @Test
  void writerThatWaitsLearnsThatTheOtherEndClosed() throws Exception {
    Streams streams = opened();
    Future<Void> flood = async(() -> send(streams.near(), FLOOD_BYTES));
    assertThat(expect(streams.far(), 100_000)).isEqualTo(100_000);
    streams.far().close();
    assertThatThrownBy(() -> flood.get(10, SECONDS)).hasCauseInstanceOf(StreamResetException.class);
  }

  @Test
  void givingUpReadingEndsTheWaitForBytes() throws Exception {
    Streams streams = opened();
    Future<Integer> read = async(() -> streams.near().read(ByteBuffer.allocate(1)));
    streams.near().closeRead();
    assertThatThrownBy(() -> read.get(10, SECONDS)).hasCauseInstanceOf(StreamResetException.class);
    streams.near().write(bytes(5));
    assertThat(readOne(streams.far())).isEqualTo(5);
  }

  @Test
  void interruptedReaderLosesNothing() throws Exception {
    Streams streams = opened();
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    Future<Integer> read =
        async(
            () -> {
              reader.complete(Thread.currentThread());
              return streams.near().read(ByteBuffer.allocate(1));
            });
    reader.get(10, SECONDS).interrupt();
    assertThatThrownBy(() -> read.get(10, SECONDS))
        .hasCauseInstanceOf(InterruptedIOException.class);
    streams.far().write(bytes(6));
    assertThat(readOne(streams.near())).isEqualTo(6);
  }

  @Test
  void fullTargetAndEmptySourceReturnAtOnce() throws Exception {
    Streams streams = opened();
    assertThat(streams.near().read(ByteBuffer.allocate(0))).isZero();
    streams.near().write(ByteBuffer.allocate(0));
  }

  @Test
  void onlyTheSpaceInTheTargetIsWritten() throws Exception {
    Streams streams = opened();
    streams.near().write(bytes(1, 2, 3));
    ByteBuffer target = ByteBuffer.allocate(4).position(1).limit(3);
    while (target.hasRemaining()) {
      streams.far().read(target);
    }
    assertThat(target.array()).containsExactly(0, 1, 2, 0);
    assertThat(readOne(streams.far())).isEqualTo(3);
  }

  @Test
  void directBuffersServeAsWell() throws Exception {
    Streams streams = opened();
    streams.near().write(ByteBuffer.allocateDirect(2).put((byte) 1).put((byte) 2).flip());
    ByteBuffer target = ByteBuffer.allocateDirect(2);
    while (target.hasRemaining()) {
      streams.far().read(target);
    }
    assertThat(target.flip()).isEqualTo(bytes(1, 2));
  }

  @Test
  void closingTheConnectionEndsTheStreamsOfBothEnds() throws Exception {
    Streams streams = opened();
    Future<Integer> near = async(() -> streams.near().read(ByteBuffer.allocate(1)));
    Future<Integer> far = async(() -> streams.far().read(ByteBuffer.allocate(1)));
    pair.dialer().close();
    assertThatThrownBy(() -> near.get(10, SECONDS))
        .hasCauseInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(() -> far.get(10, SECONDS))
        .hasCauseInstanceOf(ConnectionClosedException.class);
    assertThat(streams.near().over().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThat(streams.far().over().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThat(pair.dialer().closed().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThat(pair.listener().closed().toCompletableFuture()).succeedsWithin(10, SECONDS);
  }

  @Test
  void closedConnectionOpensNothing() throws Exception {
    pair.dialer().close();
    assertThat(pair.dialer().closed().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThat(pair.listener().closed().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThatThrownBy(() -> pair.dialer().open()).isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(() -> pair.listener().open()).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void eventLoopsAreRefusedWhereItBlocks() throws Exception {
    Streams streams = opened();
    List<Callable<?>> blocking =
        List.of(
            () -> pair.dialer().open(),
            () -> streams.near().read(ByteBuffer.allocate(1)),
            () -> {
              streams.near().write(bytes(1));
              return null;
            });
    for (Callable<?> call : blocking) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread eventLoop = new FastThreadLocalThread(() -> thrown.set(failure(call)));
      eventLoop.start();
      eventLoop.join();
      assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
    }
  }

  /** Both ends of a stream. */
  private record Streams(MuxedStream near, MuxedStream far) {}

  private Streams opened() throws Exception {
    MuxedStream near = pair.dialer().open();
    near.write(bytes(42));
    MuxedStream far = acceptedByListener.poll(10, SECONDS);
    assertThat(far).as("the stream that was opened").isNotNull();
    assertThat(readOne(far)).isEqualTo(42);
    return new Streams(near, far);
  }

  private <T> Future<T> async(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    threads.execute(future);
    return future;
  }

  private static Throwable failure(Callable<?> call) {
    try {
      call.call();
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }

  private static int readOne(MuxedStream stream) throws IOException {
    return expectBytes(stream, 1)[0];
  }

  private static byte[] expectBytes(MuxedStream stream, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count);
    while (target.hasRemaining()) {
      assertThat(stream.read(target)).as("bytes read").isPositive();
    }
    return target.array();
  }

  private static Void send(MuxedStream stream, long length) throws IOException {
    ByteBuffer source = ByteBuffer.allocate(PATTERN * 400);
    for (int i = 0; source.hasRemaining(); i++) {
      source.put((byte) (i % PATTERN));
    }
    for (long left = length; left > 0; left -= source.limit()) {
      stream.write(source.clear().limit((int) Math.min(left, source.capacity())));
    }
    return null;
  }

  private static long expect(MuxedStream stream, long length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(70_000);
    long position = 0;
    while (position < length) {
      target.clear().limit((int) Math.min(length - position, target.capacity()));
      if (stream.read(target) < 0) {
        return position;
      }
      target.flip();
      while (target.hasRemaining()) {
        if (target.get() != (byte) (position % PATTERN)) {
          throw new AssertionError("another byte than was sent, at " + position);
        }
        position++;
      }
    }
    return position;
  }

  private static long expectAll(MuxedStream stream) throws IOException {
    return expect(stream, Long.MAX_VALUE);
  }

  private static Void echo(MuxedStream stream) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(10_000);
    while (stream.read(buffer.clear()) >= 0) {
      stream.write(buffer.flip());
    }
    stream.close();
    return null;
  }
}
