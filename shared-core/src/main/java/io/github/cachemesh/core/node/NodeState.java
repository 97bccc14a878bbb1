package io.github.cachemesh.core.node;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a running node leaves in its state file, for those who look for it.
 *
 * @param pidNamespace in which {@code pid} counts: each container has its own; null where there are
 *     none
 * @param url of the TCP listener; null where it has none
 * @param socket path of the Unix socket; null where it has none
 * @param log path of the log file; null where the node logs to its standard error
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeState(
    @JsonProperty("id") String id,
    @JsonProperty("version") String version,
    @JsonProperty("pid") long pid,
    @JsonProperty("pid_namespace") @Nullable String pidNamespace,
    @JsonProperty("started_at") Instant startedAt,
    @JsonProperty("url") @Nullable String url,
    @JsonProperty("socket") @Nullable String socket,
    @JsonProperty("cache_dir") String cacheDir,
    @JsonProperty("log") @Nullable String log,
    @JsonProperty("admin_token") String adminTokenSecret) {

  /** How far the clock may have been set since the node started. */
  private static final Duration CLOCK_STEP = Duration.ofMinutes(1);

  public NodeState {
    // What is missing from a file comes as null.
    Objects.requireNonNull(id);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(adminTokenSecret);
  }

  /** That of this process; null where there are none. */
  static @Nullable String ownPidNamespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether {@link #pid} means anything to this process. */
  boolean isOfOwnPidNamespace() {
    return pidNamespace == null || pidNamespace.equals(ownPidNamespace());
  }

  public AdminToken adminToken() {
    return new AdminToken(adminTokenSecret);
  }

  /** Its process, unless that is gone; one that was given its number later does not count. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().startInstant().map(this::mayHaveBegunAt).orElse(true));
  }

  private boolean mayHaveBegunAt(Instant begin) {
    return !begin.isAfter(startedAt.plus(CLOCK_STEP));
  }

  @JsonIgnore
  public boolean isAlive() {
    return process().isPresent();
  }

  @Override
  public String toString() {
    return "node %s (pid %d, %s)".formatted(id, pid, url == null ? socket : url);
  }
}
