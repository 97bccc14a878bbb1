package io.github.cachemesh.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.proxy.RawClient.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections are bounded in number, time and memory, and every one of them ends. */
@Timeout(60)
class ConnectionsTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final long UPLOAD_BYTES = 64L << 20;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);
  private final Upstream waiting =
      new StubUpstream(
          message -> {
            asked.countDown();
            await(leave);
            return StubUpstream.ok("late");
          });
  private final Upstream prompt = new StubUpstream(_ -> StubUpstream.ok("prompt"));

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void untilConnected(ProxyRig proxy, int clients) {
    org.awaitility.Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> proxy.server.connections() == clients);
  }

  @Test
  void idleClientIsDroppedForANewOne() throws IOException {
    try (ProxyRig proxy = new ProxyRig(prompt, null, 1, ProxyRig.PATIENT);
        RawClient idle = proxy.client()) {
      untilConnected(proxy, 1);
      try (RawClient fresh = proxy.client()) {
        assertThat(idle.isClosedByServer()).isTrue();
        assertThat(fresh.exchange(fresh.get("/zen")).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void busyClientIsNeverDropped() throws Exception {
    try (ProxyRig proxy = new ProxyRig(waiting, null, 1, ProxyRig.PATIENT);
        RawClient busy = proxy.client()) {
      busy.send(busy.get("/zen"));
      asked.await();
      try (RawClient refused = proxy.client()) {
        assertThat(refused.isClosedByServer()).isTrue();
      }
      leave.countDown();

      assertThat(busy.readReply().text()).isEqualTo("late");
    }
  }

  @Test
  void closingLetsRepliesUnderWayEnd() throws Exception {
    try (ProxyRig proxy = new ProxyRig(waiting);
        RawClient busy = proxy.client();
        RawClient idle = proxy.client()) {
      busy.send(busy.get("/zen"));
      asked.await();
      untilConnected(proxy, 2);
      CompletableFuture<Void> closed = CompletableFuture.runAsync(proxy.server::close);
      assertThat(idle.isClosedByServer()).isTrue();
      leave.countDown();

      Reply reply = busy.readReply();
      assertThat(reply.text()).isEqualTo("late");
      assertThat(busy.isClosedByServer()).isTrue();
      closed.join();
      assertThatThrownBy(proxy::client).isInstanceOf(IOException.class);
    }
  }

  @Test
  void clientThatSendsNothingIsDropped() throws IOException {
    try (ProxyRig proxy = new ProxyRig(prompt, null, 9, new Timeouts(SHORT, LONG, LONG));
        RawClient silent = proxy.client()) {
      assertThat(silent.exchange(silent.get("/zen")).status()).isEqualTo(200);

      assertThat(silent.isClosedByServer()).isTrue();
    }
  }

  @Test
  void clientWhoseHeadDoesNotEndIsDropped() throws IOException {
    try (ProxyRig proxy = new ProxyRig(prompt, null, 9, new Timeouts(LONG, SHORT, LONG));
        RawClient slow = proxy.client()) {
      slow.send("GET /zen HT");

      assertThat(slow.isClosedByServer()).isTrue();
    }
  }

  @Test
  void clientWhoseContentDoesNotComeIsDropped() throws IOException {
    try (ProxyRig proxy = new ProxyRig(prompt, null, 9, new Timeouts(LONG, LONG, SHORT));
        RawClient slow = proxy.client()) {
      slow.send("POST /a HTTP/1.1\r\nHost: api.github.com\r\nContent-Length: 9\r\n\r\nabc");

      assertThat(slow.readReply().status()).isEqualTo(502);
      assertThat(slow.isClosedByServer()).isTrue();
    }
  }

  @Test
  void clientThatTakesNothingIsDroppedAndTheUpstreamsAnswerClosed() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    Upstream endless =
        new StubUpstream(
            _ -> new Upstream.Response(200, Fields.EMPTY, new Endless(Long.MAX_VALUE, closed)));
    try (ProxyRig proxy = new ProxyRig(endless, null, 9, new Timeouts(LONG, LONG, SHORT));
        RawClient slow = RawClient.withSmallWindow(proxy.address)) {
      slow.send(slow.get("/user"));

      untilConnected(proxy, 1);
      untilConnected(proxy, 0);
      org.awaitility.Awaitility.await().untilTrue(closed);
    }
  }

  @Test
  void clientThatTakesNothingOfAStoredAnswerIsDropped() throws IOException {
    Upstream big = new StubUpstream(_ -> StubUpstream.ok("x".repeat(1_000_000)));
    try (ProxyRig proxy = new ProxyRig(big, null, 9, new Timeouts(LONG, LONG, SHORT));
        RawClient slow = RawClient.withSmallWindow(proxy.address)) {
      slow.send(slow.get("/zen").repeat(20));

      untilConnected(proxy, 1);
      untilConnected(proxy, 0);
    }
  }

  @Test
  void clientThatGoesAwayDuringItsReplyFreesItsPlaceAndTheUpstreamsAnswer() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    Upstream endless =
        new StubUpstream(
            _ -> new Upstream.Response(200, Fields.EMPTY, new Endless(Long.MAX_VALUE, closed)));
    try (ProxyRig proxy = new ProxyRig(endless);
        RawClient leaving = proxy.client()) {
      leaving.send(leaving.get("/user"));
      assertThat(leaving.readHead().status()).isEqualTo(200);
      leaving.reset();

      untilConnected(proxy, 0);
      org.awaitility.Awaitility.await().untilTrue(closed);
    }
  }

  @Test
  void clientThatGoesAwayDuringItsRequestFreesItsPlace() throws IOException {
    try (ProxyRig proxy = new ProxyRig(prompt);
        RawClient leaving = proxy.client()) {
      leaving.send("POST /a HTTP/1.1\r\nHost: api.github.com\r\nContent-Length: 9\r\n\r\nabc");
      untilConnected(proxy, 1);
      leaving.reset();

      untilConnected(proxy, 0);
    }
  }

  @Test
  void clientThatGoesAwayWhileItWaitsAbortsItsRequest() throws Exception {
    CountDownLatch aborted = new CountDownLatch(1);
    Upstream abortable =
        new StubUpstream(
            message -> {
              message.abort().onAbort(aborted::countDown);
              asked.countDown();
              await(aborted);
              throw new IOException("aborted");
            });
    try (ProxyRig proxy = new ProxyRig(abortable);
        RawClient leaving = proxy.client()) {
      leaving.send(leaving.get("/user"));
      asked.await();
      leaving.reset();

      aborted.await();
      untilConnected(proxy, 0);
    }
  }

  @Test
  void longUploadIsPassedOnAsItComesAndNoFaster() throws Exception {
    AtomicLong taken = new AtomicLong();
    CountDownLatch goOn = new CountDownLatch(1);
    Upstream slow =
        new Upstream() {
          @Override
          public Response send(Message message) throws IOException {
            RequestContent content = message.content().orElseThrow();
            taken.addAndGet(content.next().length);
            asked.countDown();
            ConnectionsTest.await(goOn);
            for (byte[] next = content.next(); next.length > 0; next = content.next()) {
              taken.addAndGet(next.length);
            }
            return StubUpstream.ok("" + taken);
          }

          @Override
          public void close() {}
        };
    AtomicLong sent = new AtomicLong();
    String piece = "x".repeat(1 << 20);
    try (ProxyRig proxy = new ProxyRig(slow);
        RawClient client = proxy.client()) {
      client.send(
          "POST /a HTTP/1.1\r\nHost: api.github.com\r\nContent-Length: "
              + UPLOAD_BYTES
              + "\r\n\r\n");
      CompletableFuture<Void> upload =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (long i = 0; i < UPLOAD_BYTES; i += piece.length()) {
                    client.send(piece);
                    sent.addAndGet(piece.length());
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      asked.await();
      // What the kernel's buffers hold is all that can be on its way.
      org.awaitility.Awaitility.await()
          .during(Duration.ofMillis(300))
          .until(() -> sent.get() < UPLOAD_BYTES / 2);
      goOn.countDown();
      upload.join();

      assertThat(client.readReply().text()).isEqualTo("" + UPLOAD_BYTES);
    }
  }

  @Test
  void longReplyArrivesWhole() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    Upstream big =
        new StubUpstream(
            _ -> new Upstream.Response(200, Fields.EMPTY, new Endless(10 << 20, closed)));
    try (ProxyRig proxy = new ProxyRig(big);
        RawClient client = proxy.client()) {
      assertThat(client.exchange(client.get("/zen")).body()).hasSize(10 << 20);
      assertThat(closed).isTrue();
    }
  }

  /** Zeros, as many as said. */
  private static final class Endless extends InputStream {
    private final AtomicBoolean closed;
    private long left;

    Endless(long bytes, AtomicBoolean closed) {
      this.left = bytes;
      this.closed = closed;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int read = (int) Math.min(length, left);
      left -= read;
      return read == 0 && length > 0 ? -1 : read;
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }
}
