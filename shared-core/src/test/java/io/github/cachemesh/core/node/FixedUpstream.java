package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.proxy.Upstream;
import java.io.ByteArrayInputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** An API that answers everything with one body, and 304 to its own tag. */
final class FixedUpstream implements Upstream {
  static final String BODY = "{\"id\":1}";
  private static final String TAG = "\"5f1c0a\"";

  final AtomicInteger bodiesSent = new AtomicInteger();
  volatile boolean closed;

  @Override
  public Response send(Message message) {
    Fields fields =
        Fields.of(
            "ETag",
            TAG,
            "Cache-Control",
            "private, max-age=60, s-maxage=60",
            "Content-Type",
            "application/json; charset=utf-8",
            "Vary",
            "Accept, Authorization, Cookie, X-GitHub-OTP");
    if (message.fields().first("If-None-Match").filter(TAG::equals).isPresent()) {
      return new Response(304, fields, new ByteArrayInputStream(new byte[0]));
    }
    bodiesSent.incrementAndGet();
    return new Response(200, fields, new ByteArrayInputStream(BODY.getBytes(UTF_8)));
  }

  @Override
  public void close() {
    closed = true;
  }
}
