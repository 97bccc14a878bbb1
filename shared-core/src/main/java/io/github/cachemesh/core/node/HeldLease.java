package io.github.cachemesh.core.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lease as a node remembers it beyond a crash of its own. Immutable.
 *
 * @param since when it was taken, or last taken again
 * @param socket as in {@link LeaseRequest}
 * @param gateway as in {@link LeaseRequest}
 * @param gh as in {@link LeaseRequest}
 * @param gatewayUrl as in {@link Lease}; also null where the listener could not be opened again
 */
public record HeldLease(
    @JsonProperty("runner") String runner,
    @JsonProperty("since") Instant since,
    @JsonProperty("socket") @Nullable String socket,
    @JsonProperty("gateway") @Nullable String gateway,
    @JsonProperty("gh") @Nullable String gh,
    @JsonProperty("gateway_url") @Nullable String gatewayUrl) {
  private static final Pattern GATEWAY_URL =
      Pattern.compile("http://[0-9a-f.:\\[\\]]+:[0-9]{1,5}/[0-9a-f]{32}");

  /**
   * @throws IllegalArgumentException when a part is malformed; the message names it
   */
  public HeldLease {
    // What is missing from a file comes as null.
    Objects.requireNonNull(runner);
    Objects.requireNonNull(since);
    var _ = new LeaseRequest(runner, path(socket), gateway, path(gh));
    if (gatewayUrl != null && !GATEWAY_URL.matcher(gatewayUrl).matches()) {
      throw new IllegalArgumentException("gateway_url is none of a lease's");
    }
  }

  static HeldLease of(LeaseRequest request, Instant since, @Nullable String gatewayUrl) {
    return new HeldLease(
        request.runner(),
        since,
        request.socket() == null ? null : request.socket().toString(),
        request.gateway(),
        request.gh() == null ? null : request.gh().toString(),
        gatewayUrl);
  }

  LeaseRequest request() {
    return new LeaseRequest(runner, path(socket), gateway, path(gh));
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  /** Without the gateway's URL, which is a secret. */
  @Override
  public String toString() {
    return "lease of runner " + runner;
  }
}
