package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.codeql.Reason;
import java.util.Locale;

/** What the output {@code cache-status} says. */
enum CacheStatus {
  /** The cache was asked, whatever it said. */
  SUCCESS,
  /** An input or the kill switch says so. */
  DISABLED,
  /** An input is wrong, or something broke. */
  ERROR;

  static CacheStatus of(Reason reason) {
    return switch (reason) {
      case DISABLED, KILL_SWITCH -> DISABLED;
      case INVALID_INPUT, INTERNAL_ERROR -> ERROR;
      default -> SUCCESS;
    };
  }

  String output() {
    return name().toLowerCase(Locale.ROOT);
  }
}
