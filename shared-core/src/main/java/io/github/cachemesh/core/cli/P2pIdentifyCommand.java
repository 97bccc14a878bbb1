package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.peer.PeerDescription;
import io.github.cachemesh.core.peer.PeerProbe;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "identify",
    description = "Show what a peer says of itself.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh p2p identify /ip4/192.0.2.7/tcp/9000",
      "  cachemesh p2p identify --json /ip4/192.0.2.7/udp/9000/quic-v1"
    })
final class P2pIdentifyCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private final Surroundings surroundings;

  @Mixin final P2pTarget target = new P2pTarget();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  P2pIdentifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    PeerDescription peer;
    try (PeerProbe probe = target.connect()) {
      peer = probe.describe();
    }
    if (json) {
      surroundings.out().println(JSON.writeValueAsString(peer));
    } else {
      surroundings.out().print(table(peer));
    }
    return 0;
  }

  private static Table table(PeerDescription peer) {
    Table table =
        new Table()
            .row("peer id", peer.id())
            .row("agent", Objects.requireNonNullElse(peer.agent(), ""))
            .row("protocol version", Objects.requireNonNullElse(peer.protocolVersion(), ""))
            .row("sees this host at", Objects.requireNonNullElse(peer.observedAddress(), ""))
            .row("signed its addresses", peer.signedRecord() ? "yes" : "no");
    rows(table, "address", peer.addresses());
    rows(table, "protocol", peer.protocols());
    return table;
  }

  private static void rows(Table table, String name, List<String> values) {
    values.forEach(value -> table.row(name, value));
  }
}
