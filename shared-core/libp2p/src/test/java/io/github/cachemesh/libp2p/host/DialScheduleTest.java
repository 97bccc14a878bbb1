package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DialScheduleTest {
  private static final long START = Long.MAX_VALUE - 5;
  private static final Multiaddr QUIC = Multiaddr.parse("/ip4/1.2.3.4/udp/1/quic-v1");
  private static final Multiaddr TCP = Multiaddr.parse("/ip4/1.2.3.4/tcp/1");
  private static final Multiaddr OTHER_TCP = Multiaddr.parse("/ip4/1.2.3.5/tcp/1");

  private final DialSchedule schedule = new DialSchedule(START);

  @Test
  void anAddressIsTriedWhenItsTimeHasCome() {
    schedule.add(List.of(QUIC, TCP), START);

    assertThat(schedule.next(START, true)).isEqualTo(QUIC);
    assertThat(schedule.next(START + millis(249), false)).isNull();
    assertThat(schedule.nanosUntilNext(START + millis(249))).isEqualTo(millis(1));
    assertThat(schedule.next(START + millis(250), false)).isEqualTo(TCP);
    assertThat(schedule.isEmpty()).isTrue();
  }

  @Test
  void theNextIsTriedAtOnceWhenNothingIsBeingTried() {
    schedule.add(List.of(QUIC, TCP, OTHER_TCP), START);
    schedule.next(START, true);

    assertThat(schedule.next(START + millis(100), true)).isEqualTo(TCP);
    assertThat(schedule.next(START + millis(300), false)).isNull();
    assertThat(schedule.next(START + millis(350), false)).isEqualTo(OTHER_TCP);
  }

  @Test
  void anAddressIsTriedOnce() {
    schedule.add(List.of(TCP, TCP), START);
    schedule.next(START, true);
    schedule.add(List.of(TCP), START);

    assertThat(schedule.next(START + millis(9999), true)).isNull();
    assertThat(schedule.nanosUntilNext(START)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void addressesBeyondTheBoundAreLeftOut() {
    schedule.add(
        IntStream.range(1, 100).mapToObj(i -> Multiaddr.parse("/memory/" + i)).toList(), START);

    int tried = 0;
    while (schedule.next(START, true) != null) {
      tried++;
    }
    assertThat(tried).isEqualTo(DialSchedule.MAX_ADDRESSES);
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
