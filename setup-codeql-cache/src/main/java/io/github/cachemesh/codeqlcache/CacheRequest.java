package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Inputs;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What the inputs ask for, checked.
 *
 * @param ttl 1 second to 30 days
 * @param commitSha 40 hexadecimal digits
 */
record CacheRequest(boolean enabled, Duration ttl, String commitSha) {
  private static final Pattern SHA = Pattern.compile("[0-9a-fA-F]{40}");
  private static final long MAX_TTL_SECONDS = Duration.ofDays(30).toSeconds();

  /**
   * @throws ActionFailure which names the first input that is wrong
   */
  static CacheRequest of(Inputs inputs) {
    boolean enabled = inputs.bool("enable-caching");
    Duration ttl = Duration.ofSeconds(inputs.integer("cache-ttl", 1, MAX_TTL_SECONDS));
    String commitSha = inputs.required("commit-sha");
    if (!SHA.matcher(commitSha).matches()) {
      throw inputs.failure("commit-sha", "must be 40 hexadecimal digits: no branch, no short SHA");
    }
    return new CacheRequest(enabled, ttl, commitSha);
  }
}
