package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.http.Revalidation;

/** Counts what one fetch costs. For one thread. */
final class Tally {
  private int upstreamRequests;
  private int pointsCharged;
  private long bytes;

  void asked() {
    upstreamRequests++;
  }

  /** A 304 is free, but only to a caller who says who it is; a spent limit is charged no more. */
  void answered(Request request, Upstream.Response response) {
    boolean free =
        (response.status() == 304 && request.isAuthorised())
            || Revalidation.limitIsSpent(response.status(), response.fields());
    pointsCharged += free ? 0 : 1;
  }

  void received(long bodyBytes) {
    bytes += bodyBytes;
  }

  int upstreamRequests() {
    return upstreamRequests;
  }

  int pointsCharged() {
    return pointsCharged;
  }

  long bytes() {
    return bytes;
  }
}
