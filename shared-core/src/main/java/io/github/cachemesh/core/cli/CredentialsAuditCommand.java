package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;

@Command(
    name = "audit",
    description = "Look into the log of what was done to credentials, and check it.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials audit list",
      "  cachemesh credentials audit verify --head 42:9f86d081884c7d65...",
      "  cachemesh credentials audit export > audit.log"
    })
final class CredentialsAuditCommand {}
