package io.github.cachemesh.core.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.proxy.RawClient.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who ask for the same at the same time share one request to GitHub. */
@Timeout(30)
class CoalescingTest {
  private static final String ALICE = "Authorization: Bearer alice";

  private final List<Upstream.Message> messages = new CopyOnWriteArrayList<>();
  private final Semaphore leave = new Semaphore(0);
  private final AtomicInteger failures = new AtomicInteger();
  private StubUpstream.Answering failure;
  private ProxyRig proxy;

  @BeforeEach
  void start() throws IOException {
    proxy =
        new ProxyRig(
            new StubUpstream(
                message -> {
                  messages.add(message);
                  leave.acquireUninterruptibly();
                  return failures.getAndDecrement() > 0
                      ? failure.to(message)
                      : StubUpstream.ok("answer " + messages.size());
                }));
  }

  @AfterEach
  void stop() {
    leave.release(100);
    proxy.close();
  }

  /** A client whose request is the only one that GitHub has been asked. */
  private RawClient leader(String... fields) throws IOException {
    RawClient leader = proxy.client();
    leader.send(leader.get("/zen", fields));
    await().atMost(20, SECONDS).until(() -> messages.size() == 1);
    return leader;
  }

  private RawClient follower(String... fields) throws IOException {
    RawClient follower = proxy.client();
    follower.send(follower.get("/zen", fields));
    return follower;
  }

  /** Waits until a second exchange waits for the first one's answer. */
  private void untilFollowing() {
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                ThreadDump.virtualThreads().stream()
                        .filter(stack -> stack.contains(Flights.class.getName() + ".await"))
                        .count()
                    == 1);
  }

  @Test
  void twoCallersOfTheSameKeyMakeOneRequest() throws IOException {
    try (RawClient leader = leader(ALICE);
        RawClient follower = follower(ALICE)) {
      untilFollowing();
      leave.release();

      Reply first = leader.readReply();
      Reply second = follower.readReply();
      assertThat(second.text()).isEqualTo(first.text()).isEqualTo("answer 1");
      assertThat(second.field("Cache-Status")).contains("collapsed");
      assertThat(messages).hasSize(1);
    }
  }

  @Test
  void anotherPrincipalMakesARequestOfItsOwn() throws IOException {
    try (RawClient leader = leader(ALICE);
        RawClient other = follower("Authorization: Bearer bob")) {
      await().atMost(20, SECONDS).until(() -> messages.size() == 2);
      leave.release(2);

      assertThat(leader.readReply().status()).isEqualTo(200);
      assertThat(other.readReply().field("Cache-Status")).doesNotContain("collapsed");
    }
  }

  @Test
  void anotherMediaTypeMakesARequestOfItsOwn() throws IOException {
    try (RawClient leader = leader(ALICE, "Accept: application/json");
        RawClient other = follower(ALICE, "Accept: application/vnd.github.raw+json")) {
      await().atMost(20, SECONDS).until(() -> messages.size() == 2);
      leave.release(2);

      assertThat(leader.readReply().status()).isEqualTo(200);
      assertThat(other.readReply().field("Cache-Status")).doesNotContain("collapsed");
    }
  }

  @Test
  void followerTriesItselfWhenTheLeaderIsReset() throws IOException {
    followerTriesItself(
        502,
        _ -> {
          throw new IOException("reset");
        });
  }

  @Test
  void followerTriesItselfWhenGitHubIsAtALoss() throws IOException {
    followerTriesItself(
        500,
        _ ->
            new Upstream.Response(
                500, StubUpstream.ok("").fields(), InputStream.nullInputStream()));
  }

  @Test
  void followerTriesItselfWhenTheLeadersAnswerBreaksOff() throws IOException {
    followerTriesItself(502, _ -> new Upstream.Response(200, StubUpstream.ok("").fields(), BROKEN));
  }

  private static final InputStream BROKEN =
      new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("unexpected end of stream");
        }
      };

  private void followerTriesItself(int leadersStatus, StubUpstream.Answering wrong)
      throws IOException {
    failure = wrong;
    failures.set(1);
    try (RawClient leader = leader(ALICE);
        RawClient follower = follower(ALICE)) {
      untilFollowing();
      leave.release(2);

      assertThat(leader.readReply().status()).isEqualTo(leadersStatus);
      Reply second = follower.readReply();
      assertThat(second.status()).isEqualTo(200);
      assertThat(second.text()).isEqualTo("answer 2");
    }
  }

  @Test
  void followerWithoutAConditionIsNotGivenThe304OfOneWithIt() throws IOException {
    failure =
        _ ->
            new Upstream.Response(304, StubUpstream.ok("").fields(), InputStream.nullInputStream());
    failures.set(1);
    try (RawClient leader = leader(ALICE, "If-None-Match: \"mine\"");
        RawClient other = follower(ALICE)) {
      await().atMost(20, SECONDS).until(() -> messages.size() == 2);
      leave.release(2);

      assertThat(List.of(leader.readReply().status(), other.readReply().status())).contains(200);
    }
  }

  @Test
  void clientThatGoesAwayDoesNotTakeTheAnswerFromTheOthers() throws IOException {
    try (RawClient leader = leader(ALICE);
        RawClient follower = follower(ALICE)) {
      untilFollowing();
      leader.reset();
      await().atMost(20, SECONDS).until(() -> proxy.server.connections() == 1);
      leave.release();

      assertThat(follower.readReply().text()).isEqualTo("answer 1");
      assertThat(messages).hasSize(1);
    }
  }
}
