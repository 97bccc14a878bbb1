package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.EntityTag;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Request;
import java.io.IOException;
import java.util.Optional;

/**
 * A cacheable request as it can be put to GitHub: as the client put it, without conditions, or
 * under a tag of ours. For one thread.
 *
 * @param url the final URL
 */
record Question(Request request, String url, Upstream upstream, AbortSignal abort, Tally tally) {

  Upstream.Response asClientAsked() throws IOException {
    return send(request);
  }

  Upstream.Response plainly() throws IOException {
    return send(withFields(unconditional()));
  }

  /** Never with {@code If-Modified-Since}: GitHub answers wrong 304s to it. */
  Upstream.Response unless(EntityTag tag) throws IOException {
    return send(withFields(unconditional().with("If-None-Match", tag.toString())));
  }

  private Fields unconditional() {
    return request.fields().without("If-None-Match", "If-Modified-Since");
  }

  private Request withFields(Fields fields) {
    return new Request(request.method(), request.authority(), request.target(), fields);
  }

  private Upstream.Response send(Request asked) throws IOException {
    Fields fields =
        UserAgent.replaced(HopByHop.strippedRequest(asked.fields())).without("Accept-Encoding");
    tally.asked();
    Upstream.Response response =
        upstream.send(
            new Upstream.Message(asked.method(), url, fields, Optional.empty(), true, abort));
    tally.answered(asked, response);
    return response;
  }
}
