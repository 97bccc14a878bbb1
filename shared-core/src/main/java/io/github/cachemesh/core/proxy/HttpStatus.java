package io.github.cachemesh.core.proxy;

/** Which status codes come without a body, RFC 9110 section 6.4.1. */
final class HttpStatus {
  private HttpStatus() {}

  static boolean hasNoBody(int status) {
    return status == 204 || status == 304 || status / 100 == 1;
  }
}
