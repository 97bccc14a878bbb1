package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.OriginalLine;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "export",
    description =
        "Print the log as the Python original writes its audit.log, for what reads that. Exits with"
            + " 1 when something was done to the log, after what is intact.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh credentials audit export > audit.log")
final class AuditExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final AuditOptions audit = new AuditOptions();

  AuditExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    return AuditReading.exitCode(
        AuditReading.read(
            audit, surroundings, entry -> surroundings.out().println(OriginalLine.of(entry))));
  }
}
