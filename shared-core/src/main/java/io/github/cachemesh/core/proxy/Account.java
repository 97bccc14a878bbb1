package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.stats.Answer;
import io.github.cachemesh.core.stats.Pool;

/**
 * What a reply cost, and what it would have cost without the cache.
 *
 * @param counted false for what never concerned GitHub
 * @param pointsWithoutCache rate limit points
 * @param pointsCharged rate limit points
 * @param bytesFromUpstream of bodies; those of a streamed one are added when it is written
 */
record Account(
    boolean counted,
    Pool pool,
    Answer answer,
    int pointsWithoutCache,
    int pointsCharged,
    int upstreamRequests,
    long bytesFromUpstream) {

  static final Account NONE = new Account(false, Pool.REST, Answer.PASSED_THROUGH, 0, 0, 0, 0);

  /** Of a request that GitHub did not answer. */
  static Account failed(Request request) {
    return new Account(true, pool(request), Answer.FAILED, 0, 0, 1, 0);
  }

  /** The rate limit that a request counts against. */
  static Pool pool(Request request) {
    if (isGraphQl(request)) {
      return Pool.GRAPHQL;
    }
    String path = request.key().resource().path();
    boolean search = path.startsWith("/search/") || path.startsWith("/api/v3/search/");
    return search ? Pool.SEARCH : Pool.REST;
  }

  static boolean isGraphQl(Request request) {
    return request.key().resource().path().endsWith("/graphql");
  }
}
