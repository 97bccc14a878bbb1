package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Whether the API's server proves by its certificate that it is the one that is meant. A server
 * that cannot be reached is not doubted: it may come back, and the cache can stand in for it. Once
 * the proof was good it is not asked for again. Takes {@link #LIMIT} at most. Thread-safe; blocks.
 */
public final class UpstreamCheck {
  static final Duration LIMIT = Duration.ofSeconds(4);

  // The one page that costs no point, whoever asks.
  private static final String PAGE = "/rate_limit";

  private final Upstream upstream;
  private final URI api;
  private volatile boolean proven;

  public UpstreamCheck(Upstream upstream, URI api) {
    this.upstream = upstream;
    this.api = api;
    this.proven = !"https".equals(api.getScheme());
  }

  /** What is wrong with the proof, if anything. */
  public Optional<String> problem() {
    if (proven) {
      return Optional.empty();
    }
    AbortSignal abort = new AbortSignal();
    CountDownLatch answered = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> abortAfterLimit(abort, answered));
    try (Upstream.Response _ = upstream.send(question(abort))) {
      proven = true;
      return Optional.empty();
    } catch (SSLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      answered.countDown();
    }
  }

  private Upstream.Message question(AbortSignal abort) {
    String base = api.toString().replaceFirst("/$", "");
    return new Upstream.Message(
        "GET", base + PAGE, UserAgent.replaced(Fields.EMPTY), Optional.empty(), false, abort);
  }

  private static void abortAfterLimit(AbortSignal abort, CountDownLatch answered) {
    try {
      if (!answered.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        abort.abort();
      }
    } catch (InterruptedException e) {
      abort.abort();
    }
  }
}
