package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "import",
    description =
        "Put a copy of a store back, or take over what the Python original keeps. Exits with 1 when"
            + " some of the original's credentials have no place in a store.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials import --backup backup/credentials.cmstore --yes",
      "  cachemesh credentials import --original ~/.credentials/credentials.json.enc"
    })
final class CredentialsImportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--backup",
      paramLabel = "FILE",
      description = "A copy that export made; what was written since is given up.")
  @Nullable Path backup;

  @Option(names = "--yes", description = "That what was written since shall be given up.")
  boolean yes;

  @Option(
      names = "--original",
      paramLabel = "FILE",
      description = "The original's credentials.json.enc.")
  @Nullable Path original;

  @Option(
      names = "--master-key-file",
      paramLabel = "FILE",
      description = "Its key; .master_key beside it unless given.")
  @Nullable Path masterKey;

  @Option(
      names = "--replace",
      description = "Add the original's values to credentials that are there, as a newer version.")
  boolean replace;

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsImportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (backup != null && original == null) {
      return restore(backup);
    }
    if (original != null && backup == null) {
      return new OriginalImport(access, surroundings).run(original, masterKey, replace);
    }
    throw CommandFailure.usage("name what to import: --backup FILE or --original FILE");
  }

  private int restore(Path copy) throws IOException {
    if (!yes) {
      throw CommandFailure.usage(
          "this gives up what was written to %s since the copy: add --yes to do it"
              .formatted(access.store.file));
    }
    // The store may be lost: that is what copies are for.
    try (StoreSession session = StoreSession.beginAnew(access, surroundings)) {
      long generation =
          session
              .trail()
              .log(
                  AuditAction.IMPORT,
                  List.of("%s from %s".formatted(access.store.file, copy)),
                  () -> session.store().restore(copy, session.key(), session.anchor()));
      surroundings
          .out()
          .println(
              "%s is what %s holds, as generation %d"
                  .formatted(access.store.file, copy, generation));
    }
    return 0;
  }
}
