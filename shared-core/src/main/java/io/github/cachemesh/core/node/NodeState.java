package io.github.cachemesh.core.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a running node leaves in its state file, for those who look for it.
 *
 * @param url of the TCP listener; null where it has none
 * @param socket path of the Unix socket; null where it has none
 * @param log path of the log file; null where the node logs to its standard error
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeState(
    @JsonProperty("id") String id,
    @JsonProperty("version") String version,
    @JsonProperty("pid") long pid,
    @JsonProperty("started_at") Instant startedAt,
    @JsonProperty("url") @Nullable String url,
    @JsonProperty("socket") @Nullable String socket,
    @JsonProperty("cache_dir") String cacheDir,
    @JsonProperty("log") @Nullable String log,
    @JsonProperty("admin_token") String adminTokenSecret) {

  public AdminToken adminToken() {
    return new AdminToken(adminTokenSecret);
  }

  /** Whether its process is there. */
  public boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Override
  public String toString() {
    return "node %s (pid %d, %s)".formatted(id, pid, url == null ? socket : url);
  }
}
