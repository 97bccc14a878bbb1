package io.github.cachemesh.core.config;

import org.jspecify.annotations.Nullable;

/**
 * A key's value and where it came from.
 *
 * @param value null only for an optional key that is not set
 */
record FoundValue(@Nullable Object value, Origin origin) {}
