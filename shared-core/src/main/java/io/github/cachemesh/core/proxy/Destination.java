package io.github.cachemesh.core.proxy;

import java.net.URI;
import java.util.Optional;

/** Where a request goes. */
sealed interface Destination {

  /**
   * An API, whose answers the cache may give.
   *
   * @param origin scheme and authority
   * @param target origin form, as the API expects it
   * @param base how URLs in the answer are turned back to the proxy; empty where the client reaches
   *     the API's own name
   */
  record Api(URI origin, String target, Optional<BaseUrlRewriting> base) implements Destination {}

  /** Another allowed host, passed through. */
  record Host(URI origin, String target) implements Destination {}

  /** The node itself. */
  record Own(String target) implements Destination {}

  /** Nowhere that the client may know of. */
  record Nowhere() implements Destination {}

  record Refused(int status, String reason) implements Destination {}
}
