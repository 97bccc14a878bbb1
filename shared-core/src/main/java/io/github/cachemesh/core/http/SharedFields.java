package io.github.cachemesh.core.http;

import java.util.Locale;
import java.util.Set;

/**
 * Which response fields speak of the body, so that an entry may carry them to another caller. All
 * others speak of the exchange or of the caller (scopes, limits, token expiry, request id, ETag)
 * and are never stored.
 */
final class SharedFields {
  private static final Set<String> NAMES =
      Set.of(
          "content-type",
          "content-language",
          "content-disposition",
          "cache-control",
          "vary",
          "link",
          "last-modified",
          "deprecation",
          "sunset",
          "x-poll-interval",
          "x-github-media-type",
          "x-github-api-version-selected",
          "access-control-allow-origin",
          "access-control-expose-headers",
          "content-security-policy",
          "referrer-policy",
          "strict-transport-security",
          "x-content-type-options",
          "x-frame-options",
          "x-xss-protection");

  private SharedFields() {}

  static Fields of(Fields response) {
    return response.only(name -> NAMES.contains(name.toLowerCase(Locale.ROOT)));
  }
}
