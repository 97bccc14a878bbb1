package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import java.io.InputStream;

/**
 * What a client is answered.
 *
 * @param fields end-to-end fields; Content-Length only where {@code content} is streamed and its
 *     length is known
 */
record Reply(int status, Fields fields, Content content, Account account) {

  sealed interface Content {
    /** A whole body; for a HEAD, the body that a GET would get. */
    record Whole(byte[] bytes) implements Content {}

    /** A body passed on as it comes in. Whoever writes it closes it. */
    record Streamed(InputStream bytes) implements Content {}
  }

  static final Content NOTHING = new Content.Whole(new byte[0]);

  Reply withFields(Fields changed) {
    return new Reply(status, changed, content, account);
  }
}
