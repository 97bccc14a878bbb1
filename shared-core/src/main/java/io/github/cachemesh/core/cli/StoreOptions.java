package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.Overview;
import io.github.cachemesh.core.credential.RollbackCheck;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreId;
import io.github.cachemesh.core.credential.StoreRefusedException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which store of credentials is meant, and what is known of it already. */
final class StoreOptions {
  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "The store; credentials.cmstore in this folder unless given.")
  Path file = Path.of(SealedStore.FILE_NAME);

  @Option(
      names = "--store-id",
      paramLabel = "ID",
      description = "Refuse any other store than this, whoever signed it.")
  @Nullable String id;

  @Option(
      names = "--min-generation",
      paramLabel = "N",
      description = "Refuse a store that was written fewer times: an old copy.")
  @Nullable Long minGeneration;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where this host remembers the newest generation of each store that it has seen;"
              + " ~/.local/state/cachemesh/credentials unless given.")
  @Nullable Path stateFolder;

  SealedStore store(Surroundings surroundings) {
    return new SealedStore(file, new SecureRandom(), surroundings.clock());
  }

  Anchor anchor(Surroundings surroundings) {
    Anchor anchor =
        Anchor.none()
            .hostState(
                stateFolder == null ? HostFolders.state(surroundings, "credentials") : stateFolder);
    try {
      if (id != null) {
        anchor = anchor.store(StoreId.parse(id));
      }
      if (minGeneration != null) {
        anchor = anchor.atLeast(minGeneration);
      }
    } catch (StoreRefusedException e) {
      throw CommandFailure.usage("--store-id: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--min-generation: " + e.getMessage());
    }
    return anchor;
  }

  /** Says what cannot be known of a store that was opened. */
  static void warn(Overview overview, Surroundings surroundings) {
    if (overview.rollback() == RollbackCheck.UNTOLD) {
      surroundings
          .err()
          .println(
              "cachemesh: this host sees the store for the first time, so that it cannot tell"
                  + " whether this is an old copy; --min-generation N would");
    }
  }
}
