package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Entry;
import io.github.cachemesh.core.credential.Overview;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.credential.StoreRefusedException;
import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which credential of those that are there; its scope need not be said while it is the only one.
 */
final class RecordOptions {
  @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
  String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "Its scope, as global, repo:OWNER/NAME, workflow:REPO:PATH@REF, runner:NAME or"
              + " environment:REPO:NAME; not needed while the name has only one.")
  @Nullable String scope;

  /**
   * The credential that is meant.
   *
   * @throws StoreRefusedException {@link Fault#MISSING} when there is none
   */
  CredentialId in(Overview overview) throws StoreRefusedException {
    if (scope != null) {
      return named(name, parsed(scope));
    }
    List<CredentialId> found =
        overview.entries().stream()
            .filter(entry -> !entry.isDeleted())
            .map(Entry::id)
            .filter(id -> id.name().equals(name))
            .toList();
    if (found.size() > 1) {
      throw CommandFailure.usage(
          "which %s? --scope %s"
              .formatted(
                  name,
                  String.join(", or ", found.stream().map(id -> id.scope().toString()).toList())));
    }
    if (found.isEmpty()) {
      throw new StoreRefusedException(
          Fault.MISSING,
          "there is no %s in the store; cachemesh credentials list shows what is".formatted(name));
    }
    return found.getFirst();
  }

  /** As it was asked for, for the log. */
  String asked() {
    return scope == null ? name : "%s (%s)".formatted(name, scope);
  }

  static CredentialId named(String name, Scope scope) {
    try {
      return CredentialId.parse(name, scope);
    } catch (StoreRefusedException e) {
      throw CommandFailure.usage("NAME: " + e.getMessage());
    }
  }

  static Scope parsed(String scope) {
    try {
      return Scope.parse(scope);
    } catch (StoreRefusedException e) {
      throw CommandFailure.usage("--scope: " + e.getMessage());
    }
  }
}
