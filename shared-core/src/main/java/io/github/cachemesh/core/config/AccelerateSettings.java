package io.github.cachemesh.core.config;

/** The {@code ipfs_accelerate_integration} section of cache-config.yml. */
public record AccelerateSettings(
    @Setting(value = "Whether caches are shared across repositories", preset = "true")
        boolean enabled,
    @Setting(value = "Whether the Python original's formats are used", preset = "true")
        boolean useCompatibleFormats,
    @Setting(value = "Whether entries are given to ipfs_accelerate_py runners", preset = "true")
        boolean shareWithAccelerate,
    @Setting(value = "Whether entries are taken from ipfs_accelerate_py runners", preset = "true")
        boolean acceptFromAccelerate) {}
