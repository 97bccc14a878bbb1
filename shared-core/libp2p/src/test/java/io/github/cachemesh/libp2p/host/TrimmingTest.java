package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrimmingTest {
  private static final Multiaddr HERE = Multiaddr.parse("/memory/7");

  private final TestHosts hosts = new TestHosts();

  @AfterEach
  void closeHosts() {
    hosts.close();
  }

  @Test
  void aboveTheHighMarkConnectionsAreClosedDownToTheLow() throws IOException {
    Host server = server(Duration.ZERO);
    Host kept = hosts.host();
    server.tags().protect(kept.id(), "test");
    Host valued = hosts.host();
    server.tags().tag(valued.id(), "test", 1);
    Host other = hosts.host();
    for (Host host : List.of(kept, valued, other)) {
      host.connect(server.id(), List.of(HERE));
    }

    await().until(() -> server.statistics().connections() == 2);
    assertThat(server.connections(other.id())).isEmpty();
    assertThat(server.connections(kept.id())).hasSize(1);
    await().until(() -> other.connections().isEmpty());
  }

  @Test
  void newConnectionsAreSparedUntilTheirGracePeriodIsOver() throws IOException {
    Host server = server(Duration.ofMillis(200));
    for (int i = 0; i < 3; i++) {
      hosts.host().connect(server.id(), List.of(HERE));
    }
    assertThat(server.connections()).hasSizeGreaterThanOrEqualTo(2);

    await().until(() -> server.statistics().connections() == 2);
  }

  private Host server(Duration grace) throws IOException {
    return hosts.echo(
        HERE, settings -> settings.trim = new TrimPolicy(2, 2, grace, Duration.ofMillis(50)));
  }
}
