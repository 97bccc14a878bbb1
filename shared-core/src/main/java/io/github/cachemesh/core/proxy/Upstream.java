package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** GitHub, as the proxy reaches it. Thread-safe; calls block. */
public interface Upstream extends AutoCloseable {

  /**
   * Sends one request and waits for the head of its answer; follows no redirect, and never sends a
   * request twice unless its method is safe.
   *
   * @throws IOException when there is no whole head of an answer
   */
  Response send(Message message) throws IOException;

  @Override
  void close();

  /**
   * A request to send.
   *
   * @param url the final URL
   * @param fields end-to-end fields, without Host and Content-Length
   * @param unpacked whether a compressed body is to be asked for and handed over uncompressed
   * @param abort aborts the exchange when the client goes away
   */
  record Message(
      String method,
      String url,
      Fields fields,
      Optional<RequestContent> content,
      boolean unpacked,
      AbortSignal abort) {

    @Override
    public String toString() {
      return method;
    }
  }

  /** The content of a request, read once, as it comes in. */
  interface RequestContent {
    /** In bytes, where the client said it. */
    OptionalLong length();

    /** The next bytes, empty at the end; blocks. */
    byte[] next() throws IOException;
  }

  /**
   * An answer whose body is still to be read; the receiver closes it.
   *
   * @param fields end-to-end fields; Content-Length and Content-Encoding only where {@code body} is
   *     as GitHub sent it
   */
  record Response(int status, Fields fields, InputStream body) implements AutoCloseable {
    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        // The answer is no longer wanted; whether its connection can be used again is the client's
        // affair.
      }
    }
  }
}
