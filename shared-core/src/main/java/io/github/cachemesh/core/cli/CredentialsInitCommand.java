package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreId;
import io.github.cachemesh.core.credential.StorePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    description = {
      "Make an empty store, and the key of this host's audit log where there is none.",
      "The store's owner is whoever has the passphrase, or the key, that is chosen here."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials init",
      "  cachemesh credentials init --store deploy.cmstore --new-key-file owner.key"
    })
final class CredentialsInitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "The store; credentials.cmstore in this folder unless given.")
  Path file = Path.of(SealedStore.FILE_NAME);

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "What the owner is called; owner unless given.")
  String owner = "owner";

  @Mixin final StorePolicyOptions policy = new StorePolicyOptions();

  @Mixin final NewKeyOptions key = new NewKeyOptions();

  @Mixin final AuditOptions audit = new AuditOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit log.")
  String reason = "";

  CredentialsInitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(file)) {
      throw CommandFailure.usage("%s is there already".formatted(file));
    }
    StorePolicy decided = policy.over(StorePolicy.DEFAULT);
    if (AuditKeyFile.create(audit, surroundings)) {
      surroundings
          .out()
          .println("made the audit log's key " + audit.keyFile(surroundings) + ": keep a copy");
    }
    try (AuditTrail trail = AuditTrail.open(audit, reason, surroundings);
        NewKey made = key.make(surroundings)) {
      StoreId id =
          trail.log(AuditAction.INIT, List.of(file.toString()), () -> create(made, decided));
      surroundings.out().println("made %s: store %s, opened by %s".formatted(file, id, made));
    }
    return 0;
  }

  /** A store whose key could not be kept opens for nobody. */
  private StoreId create(NewKey made, StorePolicy decided) throws IOException {
    StoreId id =
        new SealedStore(file, new SecureRandom(), surroundings.clock())
            .create(owner, made.target(), decided);
    try {
      made.write(id, surroundings.clock().instant());
    } catch (IOException | RuntimeException e) {
      Files.delete(file);
      throw e;
    }
    return id;
  }
}
