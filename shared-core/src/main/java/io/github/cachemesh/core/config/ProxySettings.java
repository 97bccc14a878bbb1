package io.github.cachemesh.core.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code proxy} section of cache-config.yml: this project's addition to the original's file.
 *
 * @param upstream the API's address, without user information, query or fragment
 * @param origins the address that stands in for a host, by host name in lower case
 * @param allowedHosts hosts that may be reached besides GitHub's own; {@code *.} stands for any
 *     subdomain
 * @param caFile PEM certificates trusted besides the system's
 * @param maxConnections most client connections at once
 * @param staleIfError how old GitHub's word for an entry may be that stands in for a failed
 *     upstream
 * @param maxBodyBytes greatest body that is stored
 * @param etagFormula whether the ETag that GitHub would give another caller may be computed
 * @param memoryBytes most bytes of entries in memory
 * @param diskBytes most bytes of entries on disk
 * @param linger how long a node outlives its last lease
 */
public record ProxySettings(
    @Setting(
            value = "Address of the GitHub API",
            preset = "https://api.github.com",
            env = "CACHEMESH_UPSTREAM",
            input = "upstream")
        URI upstream,
    @Setting(
            value = "Addresses that stand in for hosts, such as a mirror's",
            pattern = Patterns.HOST,
            allowed = Patterns.HOST_ALLOWED,
            env = "CACHEMESH_ORIGINS",
            input = "origins")
        Map<String, URI> origins,
    @Setting(
            value = "Hosts that may be reached besides GitHub's own",
            pattern = Patterns.HOSTS,
            allowed = Patterns.HOSTS_ALLOWED,
            env = "CACHEMESH_ALLOWED_HOSTS",
            input = "allowed-hosts")
        List<String> allowedHosts,
    @Setting(
            value = "PEM file of certificates trusted besides the system's",
            env = "CACHEMESH_CA_FILE",
            input = "ca-file")
        @Nullable Path caFile,
    @Setting(
            value = "Most client connections at once",
            preset = "1024",
            min = 1,
            max = 65_535,
            env = "CACHEMESH_MAX_CONNECTIONS",
            input = "max-connections")
        int maxConnections,
    @Setting(
            value = "Seconds for which an answer may stand in for GitHub when it fails",
            preset = "3600",
            max = 31_536_000,
            env = "CACHEMESH_STALE_IF_ERROR",
            input = "stale-if-error")
        Duration staleIfError,
    @Setting(
            value = "Greatest body in bytes that is stored",
            preset = "33554432",
            min = 1,
            max = 268_435_456,
            env = "CACHEMESH_MAX_BODY_BYTES",
            input = "max-body-bytes")
        int maxBodyBytes,
    @Setting(
            value = "Whether entries are revalidated at every use, or served within their TTL",
            preset = "revalidate",
            env = "CACHEMESH_FRESHNESS",
            input = "freshness")
        Freshness freshness,
    @Setting(
            value = "Whether the ETag of another caller may be computed (on or off)",
            preset = "on",
            choices = {"on", "off"},
            env = "CACHEMESH_ETAG_FORMULA",
            input = "etag-formula")
        boolean etagFormula,
    @Setting(
            value = "Most bytes of entries in memory",
            preset = "67108864",
            min = 1,
            max = 1L << 40,
            env = "CACHEMESH_MEMORY_BYTES",
            input = "memory-bytes")
        long memoryBytes,
    @Setting(
            value = "Most bytes of entries on disk",
            preset = "1073741824",
            min = 1,
            max = 1L << 50,
            env = "CACHEMESH_DISK_BYTES",
            input = "disk-bytes")
        long diskBytes,
    @Setting(
            value = "Seconds for which a node outlives its last lease",
            preset = "600",
            max = 86_400,
            env = "CACHEMESH_LINGER",
            input = "linger")
        Duration linger) {

  /** When a stored answer may be served to the principal that stored it. */
  public enum Freshness {
    /** Only after GitHub has confirmed it. */
    REVALIDATE,
    /** Without asking GitHub, within its operation's TTL. */
    TTL
  }
}
