package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;

@Command(
    name = "cache",
    description = "Look into a cache folder, whether or not a node runs on it.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh cache list --path /repos/octocat",
      "  cachemesh cache get https://api.github.com/repos/octocat/hello-world",
      "  cachemesh cache clear --yes"
    })
final class CacheCommand {}
