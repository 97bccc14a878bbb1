package io.github.cachemesh.core.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The {@code cache} section of cache-config.yml.
 *
 * @param maxSize most entries that are kept
 * @param defaultTtl how long an entry of an operation without a TTL of its own is fresh
 * @param directory where entries are kept, with {@code ~} already expanded
 * @param persistence whether entries outlive the process
 */
public record CacheSettings(
    @Setting(value = "Whether GitHub API responses are cached", preset = "true") boolean enabled,
    @Setting(
            value = "Most cache entries that are kept",
            preset = "5000",
            min = 1,
            max = 10_000_000,
            input = "cache-size")
        int maxSize,
    @Setting(
            value = "Seconds for which an entry is fresh when its operation has no TTL of its own",
            preset = "300",
            max = 31_536_000,
            env = "CACHE_DEFAULT_TTL",
            input = "cache-ttl")
        Duration defaultTtl,
    @Setting(
            value = "Directory of the cache; ~ is the user's home",
            preset = "~/.cache/github-api-p2p",
            env = "CACHE_DIR",
            input = "cache-dir")
        Path directory,
    @Setting(value = "Whether entries are kept on disk", preset = "true") boolean persistence) {}
