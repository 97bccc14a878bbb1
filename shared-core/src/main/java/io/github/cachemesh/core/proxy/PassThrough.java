package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.http.Cacheability;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.http.ResourceKey;
import io.github.cachemesh.core.http.Revalidation;
import io.github.cachemesh.core.stats.Answer;
import java.io.IOException;
import java.util.Optional;

/**
 * Passes on what is never cached, as the client sent it, and its answer as it comes in. A write
 * drops what is stored of its URL and of the URLs above it, RFC 9111 section 4.4. Thread-safe.
 */
final class PassThrough {
  private final Upstream upstream;
  private final TieredCache cache;

  PassThrough(Upstream upstream, TieredCache cache) {
    this.upstream = upstream;
    this.cache = cache;
  }

  /**
   * Passes on to an API.
   *
   * @param why a token of RFC 8941: why the cache leaves the request alone
   */
  Reply answer(
      Request request,
      String url,
      Optional<Upstream.RequestContent> content,
      AbortSignal abort,
      String why)
      throws IOException {
    Upstream.Response response;
    try {
      response = send(request, url, content, abort);
    } catch (IOException e) {
      // Whether GitHub has carried a write out is unknown.
      afterWrite(request);
      throw e;
    }
    if (response.status() < 400 || response.status() >= 500) {
      afterWrite(request);
    }
    boolean free =
        Cacheability.isFree(request)
            || (response.status() == 304 && request.isAuthorised())
            || Revalidation.limitIsSpent(response.status(), response.fields());
    int points = free ? 0 : 1;
    return reply(
        response,
        request.method().equals("GET") || request.isHead()
            ? CacheStatus.forwarded("bypass", response.status()).detail(why)
            : CacheStatus.forwarded("method", response.status()),
        new Account(true, Account.pool(request), Answer.PASSED_THROUGH, points, points, 1, 0));
  }

  /** Passes on to a host that is no API, where nothing is charged. */
  Reply elsewhere(
      Request request, String url, Optional<Upstream.RequestContent> content, AbortSignal abort)
      throws IOException {
    Upstream.Response response = send(request, url, content, abort);
    return reply(
        response,
        CacheStatus.forwarded("bypass", response.status()).detail("other-host"),
        Account.NONE);
  }

  private Upstream.Response send(
      Request request, String url, Optional<Upstream.RequestContent> content, AbortSignal abort)
      throws IOException {
    return upstream.send(
        new Upstream.Message(
            request.method(),
            url,
            HopByHop.strippedRequest(request.fields()),
            content,
            false,
            abort));
  }

  private static Reply reply(Upstream.Response response, CacheStatus status, Account account) {
    return new Reply(
        response.status(),
        response.fields().with(CacheStatus.FIELD, status.text()),
        new Reply.Content.Streamed(response.body()),
        account);
  }

  private void afterWrite(Request request) {
    if (!request.isSafe() && !Account.isGraphQl(request)) {
      ResourceKey resource = request.key().resource();
      try {
        cache.invalidate(resource.host(), resource.path());
      } catch (RuntimeException e) {
        // GitHub's answer to a write must reach the client: it must not be sent again.
        Mishap.log("what a write made doubtful could not be dropped", e);
      }
    }
  }
}
