package io.github.cachemesh.core.config;

/**
 * The {@code rate_limiting} section of cache-config.yml.
 *
 * @param warningThreshold points left below which a warning is given
 * @param aggressiveThreshold points left below which stored answers are preferred
 * @param cacheFirstMode whether {@code aggressiveThreshold} has that effect
 */
public record RateLimitSettings(
    @Setting(
            value = "Rate-limit points left below which a warning is given",
            preset = "100",
            max = 1_000_000)
        int warningThreshold,
    @Setting(
            value = "Rate-limit points left below which stored answers are preferred",
            preset = "50",
            max = 1_000_000)
        int aggressiveThreshold,
    @Setting(
            value = "Whether stored answers are preferred below the aggressive threshold",
            preset = "true")
        boolean cacheFirstMode) {}
