package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.credential.Credential;
import io.github.cachemesh.core.credential.Entry;
import io.github.cachemesh.core.credential.LegacyCredentials;
import io.github.cachemesh.core.credential.LegacyStore;
import io.github.cachemesh.core.credential.StoreEditor;
import io.github.cachemesh.core.credential.StoreRefusedException;
import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes over, in one write, all of the Python original's credentials that have a place. */
final class OriginalImport {
  private static final String KEY_FILE = ".master_key";

  private final StoreAccess access;
  private final Surroundings surroundings;

  OriginalImport(StoreAccess access, Surroundings surroundings) {
    this.access = access;
    this.surroundings = surroundings;
  }

  /**
   * Takes them over and names those that have no place.
   *
   * @param keyFile beside the file where it is null
   * @param replace whether what is there gets a newer version
   * @return the exit code
   */
  int run(Path file, @Nullable Path keyFile, boolean replace) throws IOException {
    byte[] key =
        SmallSecret.read(
            "--master-key-file", keyFile == null ? file.resolveSibling(KEY_FILE) : keyFile);
    try (StoreSession session = StoreSession.begin(access, surroundings);
        LegacyCredentials found = LegacyStore.read(file, key)) {
      List<String> whats = found.migrating().stream().map(each -> each.id().toString()).toList();
      if (!whats.isEmpty()) {
        session.change(
            AuditAction.IMPORT, whats, editor -> takeOver(found.migrating(), editor, replace));
      }
      surroundings
          .out()
          .println(
              "took over %d credentials of %s; remove it and its key when you need them no more"
                  .formatted(whats.size(), file));
      for (LegacyCredentials.Refused refused : found.refused()) {
        surroundings
            .err()
            .println(
                "cachemesh: not taken over: %s: %s".formatted(refused.name(), refused.reason()));
      }
      return found.refused().isEmpty() ? 0 : 1;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static int takeOver(List<Credential> all, StoreEditor editor, boolean replace)
      throws StoreRefusedException {
    Set<Object> taken =
        editor.overview().entries().stream()
            .filter(entry -> !entry.isDeleted())
            .map(Entry::id)
            .collect(Collectors.toSet());
    for (Credential each : all) {
      if (taken.contains(each.id()) && !replace) {
        throw new StoreRefusedException(
            Fault.EXISTS,
            "%s is in the store already, so nothing was taken over: add --replace to give it a newer"
                    .formatted(each.id())
                + " version");
      }
      byte[] value = each.value();
      try {
        editor.set(each.id(), value, each.expires());
      } finally {
        Arrays.fill(value, (byte) 0);
      }
    }
    return all.size();
  }
}
