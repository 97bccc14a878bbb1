package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;

@Command(
    name = "credentials",
    description = "Keep credentials in a sealed store, and what was done to them in an audit log.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials init",
      "  cachemesh credentials set NPM_TOKEN --scope repo:octocat/hello-world --expires 90d",
      "  cachemesh credentials audit verify"
    })
final class CredentialsCommand {}
