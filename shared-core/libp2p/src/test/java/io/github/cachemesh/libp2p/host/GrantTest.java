package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.LimitExceededException;
import org.junit.jupiter.api.Test;

class GrantTest {
  private final Refusals refusals = new Refusals();
  private final Tally all = new Tally(Limit.STREAMS, 2);
  private final TallyByKey<String> byKey = new TallyByKey<>(Limit.PEER_CONNECTIONS, 1);

  @Test
  void thereIsRoomInAllQuotasOrInNone() throws LimitExceededException {
    Grant.of(refusals, all, byKey.of("a"));

    assertThatThrownBy(() -> Grant.of(refusals, all, byKey.of("a")))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage("there are 1 connections with a peer, the limit");
    assertThat(all.used()).isEqualTo(1);
    assertThat(refusals.snapshot())
        .containsEntry(Limit.PEER_CONNECTIONS, 1L)
        .containsEntry(Limit.STREAMS, 0L);
  }

  @Test
  void itIsGivenBackOnce() throws LimitExceededException {
    Grant.of(refusals, all, byKey.of("b"));
    Grant grant = Grant.of(refusals, all, byKey.of("a"));

    grant.release();
    grant.release();

    assertThat(all.used()).isEqualTo(1);
    assertThat(byKey.keys()).isEqualTo(1);
  }

  @Test
  void anExchangeGivesUpTheOldForTheNew() throws LimitExceededException {
    Grant grant = Grant.of(refusals, all);

    grant.exchange(new Quota[] {all}, byKey.of("a"));
    assertThat(all.used()).isZero();
    grant.release();

    assertThat(byKey.keys()).isZero();
    assertThat(all.used()).isZero();
  }

  @Test
  void anExchangeThatIsRefusedChangesNothing() throws LimitExceededException {
    Grant.of(refusals, byKey.of("a"));
    Grant grant = Grant.of(refusals, all);

    assertThatThrownBy(() -> grant.exchange(new Quota[] {all}, byKey.of("a")))
        .isInstanceOf(LimitExceededException.class);

    assertThat(all.used()).isEqualTo(1);
    grant.release();
    assertThat(all.used()).isZero();
    assertThat(byKey.keys()).isEqualTo(1);
  }

  @Test
  void whatWasReleasedTakesNothingMore() throws LimitExceededException {
    Grant grant = Grant.of(refusals, all);
    grant.release();

    grant.exchange(new Quota[0], byKey.of("a"));

    assertThat(byKey.keys()).isZero();
  }
}
