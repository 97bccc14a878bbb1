package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;

@Command(
    name = "p2p",
    description = "Look at libp2p peers, this node's own id among them.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh p2p id",
      "  cachemesh p2p ping /ip4/192.0.2.7/tcp/9000/p2p/12D3KooW…",
      "  cachemesh p2p identify /dns4/peer.example/udp/9000/quic-v1"
    })
final class P2pCommand {}
