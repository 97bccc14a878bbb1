package io.github.cachemesh.libp2p.host;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a host holds, and how often each of its limits refused something since it was started.
 *
 * @param memoryBytes of its {@link MemoryAllowance}
 */
public record HostStatistics(
    int connections, int streams, long memoryBytes, Map<Limit, Long> refusals) {
  public HostStatistics {
    Map<Limit, Long> copy = new EnumMap<>(Limit.class);
    copy.putAll(refusals);
    refusals = Collections.unmodifiableMap(copy);
  }
}
