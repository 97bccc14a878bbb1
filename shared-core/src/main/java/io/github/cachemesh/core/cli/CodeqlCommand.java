package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;

@Command(
    name = "codeql",
    description = "Look into stored CodeQL results and say what a scan depends on.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh codeql verify results/java.sarif --checkout .",
      "  cachemesh codeql list --repository-id 1296269 --store-key-file store.key"
    })
final class CodeqlCommand {}
