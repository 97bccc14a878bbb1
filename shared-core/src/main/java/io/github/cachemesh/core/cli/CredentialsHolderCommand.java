package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;

@Command(
    name = "holder",
    description = "Say who has a key to a store, and what it opens.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials holder add ci --scope repo:1296269 --new-key-file ci.key",
      "  cachemesh credentials holder remove ci --yes"
    })
final class CredentialsHolderCommand {}
