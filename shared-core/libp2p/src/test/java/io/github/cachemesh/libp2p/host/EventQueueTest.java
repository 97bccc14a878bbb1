package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final List<HostEvent> delivered = new ArrayList<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final EventQueue queue = new EventQueue(delivered::add, tasks::add);

  @Test
  void eventsAreDeliveredInOrderByOneTask() {
    queue.offer(event(1));
    queue.offer(event(2));

    assertThat(tasks).hasSize(1);
    run();
    assertThat(delivered).containsExactly(event(1), event(2));
  }

  @Test
  void aLaterEventGetsATaskOfItsOwn() {
    queue.offer(event(1));
    run();
    queue.offer(event(2));
    run();

    assertThat(delivered).containsExactly(event(1), event(2));
  }

  @Test
  void whatIsTooMuchIsCountedAndReportedWhereItIsMissing() {
    for (int i = 1; i <= EventQueue.CAPACITY + 3; i++) {
      queue.offer(event(i));
    }
    run();
    queue.offer(event(9999));
    run();

    assertThat(delivered).hasSize(EventQueue.CAPACITY + 2);
    assertThat(delivered.subList(EventQueue.CAPACITY - 1, EventQueue.CAPACITY + 2))
        .containsExactly(event(EventQueue.CAPACITY), new HostEvent.Missed(3), event(9999));
  }

  @Test
  void aSubscriberThatThrowsGetsTheNextEvent() {
    EventQueue failing =
        new EventQueue(
            event -> {
              delivered.add(event);
              throw new IllegalStateException("secret");
            },
            tasks::add);
    failing.offer(event(1));
    failing.offer(event(2));
    run();

    assertThat(delivered).containsExactly(event(1), event(2));
  }

  @Test
  void onceClosedNothingIsDelivered() {
    queue.offer(event(1));
    queue.close();
    queue.offer(event(2));
    run();

    assertThat(delivered).isEmpty();
  }

  private void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static HostEvent event(int number) {
    return new HostEvent.Listening(Multiaddr.parse("/memory/" + number));
  }
}
