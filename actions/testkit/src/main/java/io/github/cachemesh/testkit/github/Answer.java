package io.github.cachemesh.testkit.github;

import io.netty.handler.codec.http.HttpHeaders;

/** A finished answer: what goes on the wire, except for what the connection adds. */
record Answer(int status, HttpHeaders headers, byte[] body) {
  boolean isNotModified() {
    return status == 304;
  }
}
