package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.http.Fields;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** An upstream that takes the request's content in and answers as a test says. */
record StubUpstream(Answering answering) implements Upstream {
  interface Answering {
    Response to(Message message) throws IOException;
  }

  /** One that leaves the request's content to what it passes the request on to. */
  static Upstream passing(Answering answering) {
    return new Upstream() {
      @Override
      public Response send(Message message) throws IOException {
        return answering.to(message);
      }

      @Override
      public void close() {}
    };
  }

  static Response ok(String body, String... fields) {
    return new Response(200, Fields.of(fields), new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  @Override
  public Response send(Message message) throws IOException {
    if (message.content().isPresent()) {
      RequestContent content = message.content().get();
      while (content.next().length > 0) {
        continue;
      }
    }
    return answering.to(message);
  }

  @Override
  public void close() {}
}
