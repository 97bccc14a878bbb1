package io.github.cachemesh.libp2p.muxer.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.core.MemoryBudget;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReceiveWindowTest {
  private static final int INITIAL = ReceiveWindow.INITIAL_BYTES;
  private static final int MAX = 16 * 1024 * 1024;
  private static final long RTT = 1_000;

  @Example
  void growsToItsBoundWhileReadWithinFourRoundTrips() {
    ReceiveWindow window = new ReceiveWindow(MAX, MemoryBudget.unbounded(), 0);
    for (int size = INITIAL; size < MAX; size *= 2) {
      assertThat(read(window, size / 2, 0, RTT)).isEqualTo(size / 2 + size);
      assertThat(window.size()).isEqualTo(2 * size);
    }
    assertThat(read(window, MAX / 2, 0, RTT)).isEqualTo(MAX / 2);
    assertThat(window.size()).isEqualTo(MAX);
  }

  @Example
  void staysWhenReadSlowlyOrTheRoundTripIsUnknown() {
    ReceiveWindow window = new ReceiveWindow(MAX, MemoryBudget.unbounded(), 0);
    assertThat(read(window, INITIAL / 2, 4 * RTT, RTT)).isEqualTo(INITIAL / 2);
    assertThat(read(window, INITIAL / 2, 4 * RTT, 0)).isEqualTo(INITIAL / 2);
    assertThat(window.size()).isEqualTo(INITIAL);
  }

  @Example
  void halvesWhenThereIsNoMemoryForAnotherStream() {
    Memory memory = new Memory(10L * INITIAL);
    ReceiveWindow window = new ReceiveWindow(MAX, memory, 0);
    read(window, INITIAL / 2, 0, RTT);
    read(window, INITIAL, 0, RTT);
    assertThat(window.size()).isEqualTo(4 * INITIAL);
    memory.bytes = memory.used;
    assertThat(read(window, 2 * INITIAL, 0, RTT)).as("not given back").isZero();
    assertThat(window.size()).isEqualTo(2 * INITIAL);
    assertThat(memory.used).isEqualTo(2 * INITIAL);
    assertThat(window.receive(2 * INITIAL)).as("what was given stays given").isTrue();
    assertThat(window.receive(1)).isFalse();
  }

  @Property
  void peerNeverHasMoreThanIsReserved(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 20) int budgetInWindows) {
    Memory memory = new Memory((long) budgetInWindows * INITIAL);
    ReceiveWindow window = new ReceiveWindow(MAX, memory, 0);
    long given = INITIAL;
    long unread = 0;
    long now = 0;
    for (int i = 0; i < 200; i++) {
      memory.bytes = (long) random.nextInt(1, 21) * INITIAL;
      long received = random.nextLong(given + 1);
      assertThat(window.receive(received)).isTrue();
      given -= received;
      unread += received;
      int consumed = random.nextInt((int) unread + 1);
      unread -= consumed;
      window.consume(consumed);
      now += random.nextLong(8 * RTT);
      if (window.isUpdateDue()) {
        given += window.update(now, RTT);
      }
      assertThat(window.receive(given + 1)).isFalse();
      assertThat(given + unread).isLessThanOrEqualTo(window.size());
      assertThat(memory.used).isEqualTo(window.size());
    }
    window.free();
    assertThat(memory.used).isZero();
  }

  private static int read(ReceiveWindow window, int bytes, long afterNanos, long roundTripNanos) {
    assertThat(window.receive(bytes)).isTrue();
    window.consume(bytes);
    assertThat(window.isUpdateDue()).isTrue();
    return window.update(afterNanos, roundTripNanos);
  }

  /** The first window is reserved by whoever opens the stream. */
  private static final class Memory implements MemoryBudget {
    private long bytes;
    private long used = INITIAL;

    Memory(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public boolean reserve(long more) {
      if (used + more > bytes) {
        return false;
      }
      used += more;
      return true;
    }

    @Override
    public void release(long less) {
      used -= less;
    }
  }
}
