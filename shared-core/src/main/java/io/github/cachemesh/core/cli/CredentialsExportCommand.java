package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description =
        "Copy a store as it is at one moment, sealed as it is, also while others write to it.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh credentials export --backup backup/credentials.cmstore")
final class CredentialsExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--backup",
      paramLabel = "FILE",
      required = true,
      description = "Where the copy goes.")
  Path backup = Path.of("");

  @Option(names = "--replace", description = "Also in place of a file that is there.")
  boolean replace;

  @Mixin final StoreOptions store = new StoreOptions();

  @Mixin final AuditOptions audit = new AuditOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit log.")
  String reason = "";

  CredentialsExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(backup) && !replace) {
      throw CommandFailure.usage(
          "--backup: %s is there already: add --replace to do it".formatted(backup));
    }
    try (AuditTrail trail = AuditTrail.open(audit, reason, surroundings)) {
      long generation =
          trail.log(
              AuditAction.EXPORT,
              List.of("%s to %s".formatted(store.file, backup)),
              () -> store.store(surroundings).backUp(backup, store.anchor(surroundings)));
      surroundings
          .out()
          .println("copied generation %d of %s to %s".formatted(generation, store.file, backup));
    }
    return 0;
  }
}
