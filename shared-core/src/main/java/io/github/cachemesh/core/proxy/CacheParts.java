package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.http.CachePolicy;
import io.github.cachemesh.core.http.FormulaTrust;
import java.time.Clock;

/**
 * What every request for an API needs. Thread-safe.
 *
 * @param maxBodyBytes a longer body is passed on and not kept
 */
public record CacheParts(
    TieredCache cache,
    Upstream upstream,
    CachePolicy policy,
    FormulaTrust trust,
    Clock clock,
    int maxBodyBytes) {}
