package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.credential.CredentialId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "delete",
    description = "Drop a credential with all its versions and the keys that open them.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh credentials delete NPM_TOKEN --yes")
final class CredentialsDeleteCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final RecordOptions record = new RecordOptions();

  @Option(names = "--yes", description = "That this is really meant.")
  boolean yes;

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsDeleteCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (!yes) {
      throw CommandFailure.usage(
          "this drops every version of %s: add --yes to do it".formatted(record.asked()));
    }
    try (StoreSession session = StoreSession.begin(access, surroundings)) {
      List<String> whats = new ArrayList<>(List.of(record.asked()));
      int versions =
          session.change(
              AuditAction.DELETE,
              whats,
              editor -> {
                CredentialId id = record.in(editor.overview());
                whats.set(0, id.toString());
                return editor.delete(id);
              });
      surroundings
          .out()
          .println(
              "deleted %s: %d versions and their keys. Copies of the store still hold it: change the"
                      .formatted(whats.getFirst(), versions)
                  + " value where it comes from");
    }
    return 0;
  }
}
