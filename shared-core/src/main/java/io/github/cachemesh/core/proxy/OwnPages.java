package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Request;

/** What the node answers for itself, below {@code /_cachemesh/}. Thread-safe; may block. */
public interface OwnPages {

  /**
   * @param path the rest of the path, without its query
   * @param trusted whether the client came through the Unix socket, which only the node's owner can
   *     open
   */
  Page answer(Request request, String path, boolean trusted);

  record Page(int status, Fields fields, byte[] body) {}
}
