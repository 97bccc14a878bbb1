package io.github.cachemesh.core.github;

import java.util.regex.Pattern;

/** Names of git objects in full: 40 hexadecimal digits, or 64 with SHA-256. */
final class Shas {
  private static final Pattern FULL = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private Shas() {}

  static String checked(String sha) {
    if (!FULL.matcher(sha).matches()) {
      throw new IllegalArgumentException("'" + sha + "' is no full, lower-case commit id");
    }
    return sha;
  }
}
