package io.github.cachemesh.core.cli;

import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Show the version of cachemesh and of its Java.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh version")
final class VersionCommand implements Runnable {
  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    surroundings.out().println(new ProgramVersion().getVersion()[0]);
  }
}
