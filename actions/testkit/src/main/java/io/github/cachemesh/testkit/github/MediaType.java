package io.github.cachemesh.testkit.github;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The representation asked for in {@code Accept}: {@code application/vnd.github[.v3].param[+json]}.
 *
 * @param parameter such as {@code raw}, {@code full} or {@code diff}; empty for plain JSON
 */
record MediaType(String parameter, boolean json) {
  private static final Pattern GITHUB =
      Pattern.compile("application/vnd\\.github(?:\\.v3)?(?:\\.([a-z]+))?(\\+json)?");

  static MediaType of(@Nullable String accept) {
    if (accept != null) {
      if (accept.startsWith("application/octet-stream")) {
        return new MediaType("octet-stream", false);
      }
      Matcher matcher = GITHUB.matcher(accept);
      if (matcher.find()) {
        String parameter = matcher.group(1);
        return new MediaType(
            parameter == null || parameter.equals("v3") ? "" : parameter, matcher.group(2) != null);
      }
    }
    return new MediaType("", true);
  }

  boolean is(String name) {
    return parameter.equals(name);
  }

  /** The value of {@code X-GitHub-Media-Type}. */
  String header() {
    String param = parameter.isEmpty() ? "" : "; param=" + parameter;
    return "github.v3" + param + (json ? "; format=json" : "");
  }
}
