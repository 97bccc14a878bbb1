package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rekey",
    description =
        "Make new keys for all scopes and wrap the values' keys anew; whoever has a key of the"
            + " store goes on with it. To take one away: cachemesh credentials holder remove.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials rekey",
      "  cachemesh credentials rekey --data --reason 'a laptop was lost'"
    })
final class CredentialsRekeyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--data",
      description =
          "Also encrypt every value anew under a fresh key, after a key was seen by others. What"
              + " they read stays known: rotate the values too.")
  boolean data;

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsRekeyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    try (StoreSession session = StoreSession.begin(access, surroundings)) {
      long generation =
          session.change(
              AuditAction.REKEY,
              List.of(access.store.file + (data ? " with its data" : "")),
              editor -> {
                if (data) {
                  editor.rekeyData();
                } else {
                  editor.rekey();
                }
                return editor.overview().generation();
              });
      surroundings
          .out()
          .println(
              "%s has new keys%s since generation %d"
                  .formatted(
                      access.store.file, data ? " and newly sealed values" : "", generation));
    }
    return 0;
  }
}
