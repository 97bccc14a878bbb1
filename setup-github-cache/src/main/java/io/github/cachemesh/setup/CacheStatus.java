package io.github.cachemesh.setup;

import java.util.Locale;

/** What the output {@code cache-status} says. */
enum CacheStatus {
  /** The job goes through a cache. */
  SUCCESS,
  /** It could not be had, so the job goes straight to GitHub. */
  FALLBACK,
  /** The configuration file says so. */
  DISABLED;

  String output() {
    return name().toLowerCase(Locale.ROOT);
  }
}
