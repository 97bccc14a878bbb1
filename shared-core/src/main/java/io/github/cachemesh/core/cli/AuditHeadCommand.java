package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.envelope.MacKey;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "head",
    description = "Show how far the log goes, to be kept elsewhere for verify --head.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh credentials audit head")
final class AuditHeadCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final AuditOptions audit = new AuditOptions();

  AuditHeadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    try (MacKey key = audit.key(surroundings)) {
      surroundings
          .out()
          .println(new AuditLog(audit.folder(surroundings), key, surroundings.clock()).head());
    }
    return 0;
  }
}
