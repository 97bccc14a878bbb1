package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description =
        "Take somebody's key away and give what it opened new ones. What they read stays known:"
            + " follow it with rekey --data and rotate the values.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh credentials holder remove ci --yes")
final class CredentialsHolderRemoveCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "HOLDER", description = "As list --holders calls them.")
  String name = "";

  @Option(names = "--yes", description = "That this is really meant.")
  boolean yes;

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsHolderRemoveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (!yes) {
      throw CommandFailure.usage(
          "this makes the key of %s useless: add --yes to do it".formatted(name));
    }
    try (StoreSession session = StoreSession.begin(access, surroundings)) {
      session.change(
          AuditAction.REMOVE_HOLDER,
          List.of("holder " + name),
          editor -> {
            editor.removeHolder(name);
            return name;
          });
      surroundings
          .out()
          .println(
              "%s opens nothing in %s any more; what they read stays known: rotate it"
                  .formatted(name, access.store.file));
    }
    return 0;
  }
}
