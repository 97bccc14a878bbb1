package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.peer.PeerProbe;
import io.github.cachemesh.core.peer.PeerProbe.Security;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The peer that a command looks at. */
final class P2pTarget {
  @Parameters(
      paramLabel = "MULTIADDR",
      description = "Where the peer is; with /p2p/ID at its end no other peer is taken.")
  String address = "";

  @Option(
      names = "--security",
      paramLabel = "KIND",
      description =
          "How TCP is secured: ${COMPLETION-CANDIDATES}; by default what the peer speaks.")
  @Nullable Security security;

  PeerProbe connect() throws IOException {
    try {
      return PeerProbe.connect(
          address, security == null ? List.of(Security.values()) : List.of(security));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "MULTIADDR "
              + address
              + ": "
              + e.getMessage()
              + "; it looks like /ip4/192.0.2.7/tcp/9000");
    }
  }
}
