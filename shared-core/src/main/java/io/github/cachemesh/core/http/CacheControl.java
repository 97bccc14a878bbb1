package io.github.cachemesh.core.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The {@code Cache-Control} directives of one message, RFC 9111 section 5.2. */
record CacheControl(Fields fields) {

  boolean has(String directive) {
    return fields.members("Cache-Control").stream()
        .map(member -> member.split("=", 2)[0].strip())
        .anyMatch(directive::equalsIgnoreCase);
  }

  /** Whether a client asks for an answer that GitHub has just confirmed. */
  boolean demandsRevalidation() {
    return has("no-cache")
        || (fields.all("Cache-Control").isEmpty()
            && fields.members("Pragma").stream().anyMatch("no-cache"::equalsIgnoreCase));
  }

  /** Empty where absent; a malformed one is zero, the cautious reading (RFC 9111 section 4.2.1). */
  Optional<Duration> maxAge() {
    return fields.members("Cache-Control").stream()
        .filter(member -> member.toLowerCase(Locale.ROOT).startsWith("max-age="))
        .map(member -> member.substring("max-age=".length()).replace("\"", ""))
        .map(CacheControl::seconds)
        .findFirst();
  }

  private static Duration seconds(String digits) {
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(digits)));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
