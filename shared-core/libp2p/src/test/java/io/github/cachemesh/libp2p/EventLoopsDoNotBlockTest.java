package io.github.cachemesh.libp2p;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.TestPeers.Way;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flight Recorder sees whatever makes an event loop wait, other than for its sockets. */
@Timeout(60)
class EventLoopsDoNotBlockTest {
  private static final List<String> WAITS =
      List.of("jdk.ThreadPark", "jdk.ThreadSleep", "jdk.JavaMonitorWait", "jdk.SocketRead");

  /**
   * Waiting for a lock whose holder has only lost its processor for a moment is no blocking, and
   * Netty's own allocator does it too; on a busy machine the moment may be long.
   */
  private static final Duration LOCK = Duration.ofSeconds(1);

  private static final List<String> LOCKS = List.of(".ReentrantLock$", ".StampedLock");

  @TempDir private Path folder;

  private interface Work {
    void run() throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void whilePeersConnectTalkAndClose(Way way) throws Exception {
    List<RecordedEvent> waits =
        record(
            () -> {
              try (TestPeers peers = new TestPeers(way)) {
                Libp2p server = peers.peer();
                Libp2p client = peers.peer();
                Multiaddr address = peers.listen(server);
                Connection connection = client.host().connect(address);
                client.identify().identified(connection).get();
                client.ping().ping(connection);
                // More than any window, so that writers wait.
                talk(connection, 2 << 20);
              }
            });

    assertThat(waits).isEmpty();
  }

  @Test
  void aWaitOnAnEventLoopWouldBeSeen() throws Exception {
    List<RecordedEvent> waits =
        record(
            () -> {
              try (TestPeers peers = new TestPeers(Way.MEMORY)) {
                peers
                    .reactor()
                    .group()
                    .submit(() -> LockSupport.parkNanos(Duration.ofMillis(1).toNanos()))
                    .sync();
              }
            });

    assertThat(waits).isNotEmpty();
  }

  private List<RecordedEvent> record(Work work) throws Exception {
    Path file = folder.resolve("waits.jfr");
    try (Recording recording = new Recording()) {
      WAITS.forEach(wait -> recording.enable(wait).withThreshold(Duration.ZERO));
      recording.enable("jdk.JavaMonitorEnter").withThreshold(LOCK);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(EventLoopsDoNotBlockTest::isOfAnEventLoop)
        .filter(event -> !isMomentOfALock(event) && !isStartOfAClass(event))
        .toList();
  }

  private static boolean isOfAnEventLoop(RecordedEvent event) {
    return event.getThread() != null
        && !event.getThread().isVirtual()
        && event.getThread().getJavaName() != null
        && event.getThread().getJavaName().startsWith("libp2p-");
  }

  private static boolean isMomentOfALock(RecordedEvent event) {
    return event.getEventType().getName().equals("jdk.ThreadPark")
        && event.getClass("parkedClass") != null
        && LOCKS.stream().anyMatch(event.getClass("parkedClass").getName()::contains)
        && event.getDuration().compareTo(LOCK) < 0;
  }

  /** Another thread initializes a class that is needed here, too: the lock of that is an int[]. */
  private static boolean isStartOfAClass(RecordedEvent event) {
    return event.getEventType().getName().equals("jdk.JavaMonitorWait")
        && event.getClass("monitorClass") != null
        && event.getClass("monitorClass").getName().equals("[I");
  }

  private static void talk(Connection connection, int bytes) throws IOException {
    try (Stream stream = connection.open(List.of(TestPeers.ECHO))) {
      Thread.startVirtualThread(
          () -> {
            try {
              stream.write(ByteBuffer.allocate(bytes));
              stream.closeWrite();
            } catch (IOException e) {
              stream.reset(e);
            }
          });
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      long read = 0;
      for (int count; (count = stream.read(buffer.clear())) >= 0; ) {
        read += count;
      }
      assertThat(read).isEqualTo(bytes);
    }
  }
}
