package io.github.cachemesh.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** At the bound the client that has been idle longest goes first, and a busy one never. */
class ConnectionLimitTest {
  private final ConnectionLimit limit = new ConnectionLimit(3);
  private final EmbeddedChannel first = new EmbeddedChannel();
  private final EmbeddedChannel second = new EmbeddedChannel();
  private final EmbeddedChannel third = new EmbeddedChannel();

  private void admitAll() {
    assertThat(limit.admit(first)).isTrue();
    assertThat(limit.admit(second)).isTrue();
    assertThat(limit.admit(third)).isTrue();
  }

  @Test
  void longestIdleClientIsDroppedFirstAndTheNextOneThen() {
    admitAll();
    limit.begin(first);
    limit.end(first);

    assertThat(limit.admit(new EmbeddedChannel())).isTrue();
    assertThat(second.isOpen()).isFalse();
    assertThat(third.isOpen()).isTrue();
    assertThat(limit.admit(new EmbeddedChannel())).isTrue();
    assertThat(third.isOpen()).isFalse();
    assertThat(first.isOpen()).isTrue();
    assertThat(limit.size()).isEqualTo(3);
  }

  @Test
  void busyClientIsNeverDropped() {
    admitAll();
    limit.begin(first);
    limit.begin(second);
    limit.begin(third);

    assertThat(limit.admit(new EmbeddedChannel())).isFalse();
    assertThat(first.isOpen() && second.isOpen() && third.isOpen()).isTrue();
  }

  @Test
  void droppedClientCannotBeginAnotherRequest() {
    admitAll();
    assertThat(limit.admit(new EmbeddedChannel())).isTrue();

    assertThat(limit.begin(first)).isFalse();
  }

  @Test
  void clientThatLeavesFreesItsPlace() {
    admitAll();
    limit.begin(first);
    limit.closed(first);
    limit.closed(second);

    assertThat(limit.size()).isEqualTo(1);
  }
}
