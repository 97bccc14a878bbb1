package io.github.cachemesh.core.http;

/**
 * A request as the cache sees it: method, the final URL's authority and target, and the client's
 * fields without those of the hop.
 *
 * @param target origin form, {@code /path?query}, as the client wrote it
 */
public record Request(String method, String authority, String target, Fields fields) {

  public RequestKey key() {
    return RequestKey.of(authority, target, fields);
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether GitHub takes the caller for somebody: only then is a 304 free. */
  public boolean isAuthorised() {
    return fields.has("Authorization");
  }

  /** Without the query, which may hold a credential. */
  @Override
  public String toString() {
    return method + " " + authority + target.split("\\?", 2)[0] + " " + fields;
  }

  /**
   * Whether a method is safe (RFC 9110 section 9.2.1), so that it may be sent twice and changes
   * nothing.
   */
  public boolean isSafe() {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> true;
      default -> false;
    };
  }
}
