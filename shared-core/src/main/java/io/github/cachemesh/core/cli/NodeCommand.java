package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;

@Command(
    name = "node",
    description = "Look after running nodes.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh node status",
      "  cachemesh node logs --follow",
      "  cachemesh node stop --wait 30"
    })
final class NodeCommand {}
