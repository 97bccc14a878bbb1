package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has. */
@Command(
    name = "cachemesh",
    description = "Runs and looks after a node that caches the GitHub API.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = ProgramVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh serve --cache-dir ~/.cache/cachemesh",
      "  cachemesh stats --cache-dir ~/.cache/cachemesh",
      "  cachemesh help cache list"
    })
final class Cachemesh {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure, and let serve log more.")
  boolean verbose;
}
