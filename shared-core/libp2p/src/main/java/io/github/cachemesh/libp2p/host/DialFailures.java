package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Why the addresses of a peer failed; spells out {@value #MAX_SPELLED} of them. Not thread-safe.
 */
final class DialFailures {
  static final int MAX_SPELLED = 8;

  private final List<String> spelled = new ArrayList<>();
  private int count;
  private @Nullable IOException first;

  void add(Multiaddr address, Throwable reason) {
    Throwable failure =
        reason instanceof CompletionException && reason.getCause() != null
            ? reason.getCause()
            : reason;
    if (failure instanceof IOException known) {
      if (first == null) {
        first = known;
      }
      add(address, String.valueOf(known.getMessage()));
    } else {
      add(address, Failures.describe(failure));
    }
  }

  void add(Multiaddr address, String reason) {
    count++;
    if (spelled.size() < MAX_SPELLED) {
      spelled.add(address + ": " + reason);
    }
  }

  /**
   * @param whom in words
   */
  DialException exception(String whom) {
    String message =
        count == 0
            ? "no address of " + whom + " is known"
            : "cannot reach " + whom + ": " + String.join("; ", spelled);
    if (count > spelled.size()) {
      message += "; and " + (count - spelled.size()) + " more";
    }
    return first == null ? new DialException(message) : new DialException(message, first);
  }
}
