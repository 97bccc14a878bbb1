package io.github.cachemesh.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What closed peers must not leave behind in this process: threads, channels, timers. */
final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern OWN_THREAD = Pattern.compile("^#\\d+ \"(libp2p-[^\"]+)\"");

  private final Collection<String> threadsBefore = threads();

  /** Until those that end have ended. */
  void awaitNoThreads() {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(threads()).isSubsetOf(threadsBefore));
  }

  /** Until no socket is registered with the reactor, and nothing is scheduled. */
  static void awaitIdle(Reactor reactor) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              for (EventExecutor loop : reactor.group()) {
                assertThat(sockets(loop)).as("sockets").isZero();
                assertThat(loop.submit(() -> timers(loop)).get()).as("timers").isEmpty();
              }
            });
  }

  // Netty shows these to nobody.

  private static int sockets(EventExecutor loop) throws ReflectiveOperationException {
    return ((AtomicInteger) field(SingleThreadIoEventLoop.class, "numRegistrations").get(loop))
        .get();
  }

  /** On the event loop. */
  private static List<?> timers(EventExecutor loop) throws ReflectiveOperationException {
    Object queue = field(AbstractScheduledEventExecutor.class, "scheduledTaskQueue").get(loop);
    return queue == null ? List.of() : List.copyOf((Collection<?>) queue);
  }

  private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** By their names; virtual ones are in no list but a dump. */
  private static Collection<String> threads() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      try (var lines = Files.lines(dump)) {
        return lines
            .map(OWN_THREAD::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
      } finally {
        Files.delete(dump);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
