package io.github.cachemesh.core.oidc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys by HTTP. They are fetched by one thread at a time, when they are older than 15
 * minutes or an unknown one is asked for: at most once a minute, after a failure once in 5 seconds.
 * While they cannot be fetched, the known ones hold until they are 2 hours old. A fetch takes at
 * most 10 seconds, an answer has at most 256 KiB, and redirects are not followed. Thread-safe;
 * blocks.
 */
public final class RemoteKeys implements IssuerKeys {
  static final Duration REFRESH = Duration.ofMinutes(15);
  static final Duration LIFE = Duration.ofHours(2);
  static final Duration PAUSE = Duration.ofMinutes(1);
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  static final int MAX_BYTES = 256 << 10;

  private static final Duration CALL = Duration.ofSeconds(10);

  private final HttpUrl url;
  private final OkHttpClient http;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched fetched;

  /** Of the last fetch; null after one that succeeded. */
  private volatile @Nullable Failure failure;

  private record Fetched(KeySet keys, long atNanos) {}

  private record Failure(String message, @Nullable Throwable cause, long atNanos) {}

  /**
   * @param http says which proxies and certificates are used; remains the caller's
   */
  public RemoteKeys(Issuer issuer, OkHttpClient http) {
    this(issuer, http, CALL, System::nanoTime);
  }

  RemoteKeys(Issuer issuer, OkHttpClient http, Duration call, LongSupplier nanoTime) {
    this.url = HttpUrl.get(issuer.keys().toString());
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .cache(null)
            .callTimeout(call)
            .build();
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<RSAPublicKey> find(String keyId) throws KeysUnavailableException {
    if (!isSettled(keyId) && isMyTurn(keyId)) {
      try {
        // Another thread may have fetched them while this one waited.
        if (!isSettled(keyId)) {
          fetch();
        }
      } finally {
        fetching.unlock();
      }
    }
    Optional<RSAPublicKey> key = known(keyId);
    Failure last = failure;
    if (key.isEmpty() && last != null) {
      throw new KeysUnavailableException(last.message, last.cause);
    }
    return key;
  }

  /** Whether a fetch would bring nothing, or would come too soon. */
  private boolean isSettled(String keyId) {
    Failure last = failure;
    if (last != null && isYounger(last.atNanos, PAUSE_AFTER_FAILURE)) {
      return true;
    }
    Fetched known = fetched;
    return known != null
        && (isYounger(known.atNanos, PAUSE)
            || (isYounger(known.atNanos, REFRESH) && known.keys.find(keyId).isPresent()));
  }

  /** Who has a key that holds does not wait for another thread's fetch. */
  private boolean isMyTurn(String keyId) {
    if (known(keyId).isPresent()) {
      return fetching.tryLock();
    }
    fetching.lock();
    return true;
  }

  private Optional<RSAPublicKey> known(String keyId) {
    Fetched known = fetched;
    return known != null && isYounger(known.atNanos, LIFE)
        ? known.keys.find(keyId)
        : Optional.empty();
  }

  private boolean isYounger(long atNanos, Duration age) {
    return nanoTime.getAsLong() - atNanos < age.toNanos();
  }

  private void fetch() {
    try {
      fetched = new Fetched(KeySet.parse(body()), nanoTime.getAsLong());
      failure = null;
    } catch (IOException | ParseException e) {
      // A parser's cause would quote the answer.
      Throwable cause = e instanceof IOException ? e : null;
      failure = new Failure(problem(e), cause, nanoTime.getAsLong());
    }
  }

  private String body() throws IOException {
    Request request = new Request.Builder().url(url).header("Accept", "application/json").build();
    try (Response response = http.newCall(request).execute()) {
      if (response.code() != 200) {
        throw new IOException("status " + response.code());
      }
      try (InputStream body = response.body().byteStream()) {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new IOException("more than %d bytes".formatted(MAX_BYTES));
        }
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }
  }

  private String problem(Exception e) {
    String reason =
        switch (e) {
          case ParseException _ -> "the answer is no JWKS with keys for RS256";
          default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    return "the issuer's keys cannot be had from %s: %s. No token is accepted until they can; see the configured URL of the keys, the proxy and its certificates"
        .formatted(url, reason);
  }
}
