package io.github.cachemesh.core.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "init",
    description = "Make the key of this host's audit log, where another made the store.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh credentials audit init")
final class AuditInitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final AuditOptions audit = new AuditOptions();

  AuditInitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (!AuditKeyFile.create(audit, surroundings)) {
      throw CommandFailure.usage(
          (audit.keyIsInEnvironment(surroundings)
                  ? AuditOptions.KEY_VARIABLE
                  : audit.keyFile(surroundings).toString())
              + " is there already, and stays");
    }
    surroundings.out().println("made " + audit.keyFile(surroundings) + ": keep a copy");
    return 0;
  }
}
