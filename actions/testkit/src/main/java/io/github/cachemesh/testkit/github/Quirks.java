package io.github.cachemesh.testkit.github;

import java.util.regex.Pattern;

/**
 * Where GitHub's 304s leave out headers that the 200 had. Both are patterns over the whole path
 * without query, {@code /repositories/ID} written as {@code /repos/OWNER/NAME}.
 */
record Quirks(Pattern withoutEtag, Pattern withoutLink) {
  static final Quirks OBSERVED =
      new Quirks(
          Pattern.compile("/repos/[^/]+/[^/]+/(tags|releases)"),
          Pattern.compile("/repos/[^/]+/[^/]+/(commits|branches)"));
}
