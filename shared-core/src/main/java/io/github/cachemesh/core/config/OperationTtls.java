package io.github.cachemesh.core.config;

import java.time.Duration;
import java.util.Map;

/**
 * For how long the answers of each operation are fresh: every operation has a TTL, its own or the
 * default.
 *
 * @param byOperation TTLs by operation name, such as {@code list_repos}
 * @param defaultTtl the TTL of every other operation
 */
public record OperationTtls(Map<String, Duration> byOperation, Duration defaultTtl) {
  public OperationTtls {
    byOperation = Map.copyOf(byOperation);
  }

  /** The TTL of an operation. */
  public Duration ttl(String operation) {
    return byOperation.getOrDefault(operation, defaultTtl);
  }
}
