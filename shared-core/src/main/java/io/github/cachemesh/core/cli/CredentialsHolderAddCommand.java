package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.credential.StoreEditor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description =
        "Give somebody a key to some scopes of a store, whether they hold anything yet or not: an"
            + " environment's secret, a file on a runner, a colleague's age identity.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials holder add ci --scope repo:1296269 --new-key-file ci.key",
      "  cachemesh credentials holder add bob --owner --age-recipient age1..."
    })
final class CredentialsHolderAddCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "HOLDER", description = "What they are called.")
  String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "What the key opens, as set has it; may be given several times.")
  List<String> scopes = new ArrayList<>();

  @Option(names = "--owner", description = "The key opens everything and writes, instead.")
  boolean owner;

  @Mixin final NewKeyOptions key = new NewKeyOptions();

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsHolderAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (owner != scopes.isEmpty()) {
      throw CommandFailure.usage("say what the key opens: --scope SCOPE, or --owner for all");
    }
    List<Scope> opened = scopes.stream().map(RecordOptions::parsed).toList();
    String what = "holder %s (%s)".formatted(name, owner ? "owner" : String.join(", ", scopes));
    try (StoreSession session = StoreSession.begin(access, surroundings);
        NewKey made = key.make(surroundings)) {
      session.change(AuditAction.ADD_HOLDER, List.of(what), editor -> add(editor, opened, made));
      surroundings.out().println("%s opens with %s".formatted(what, made));
    }
    return 0;
  }

  /** The key's file is there before the store says so: it cannot be made again. */
  private StoreEditor add(StoreEditor editor, List<Scope> opened, NewKey made) throws IOException {
    if (owner) {
      editor.addOwner(name, made.target());
    } else {
      editor.addHolder(name, made.target(), opened);
    }
    made.write(editor.overview().store(), surroundings.clock().instant());
    return editor;
  }
}
