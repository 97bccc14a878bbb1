package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import java.util.List;

/**
 * The User-Agent that GitHub is told. It pretty-prints for browsers and download tools
 * <em>after</em> it has computed the ETag, so that their bodies never match it.
 */
final class UserAgent {
  private static final List<String> PRETTY_PRINTED_FOR =
      List.of("curl", "Wget", "Safari", "Firefox");
  private static final String OWN = "cachemesh";

  private UserAgent() {}

  static Fields replaced(Fields fields) {
    String agent = fields.first("User-Agent").orElse("");
    boolean replace = agent.isEmpty() || PRETTY_PRINTED_FOR.stream().anyMatch(agent::contains);
    return replace ? fields.with("User-Agent", OWN) : fields;
  }
}
