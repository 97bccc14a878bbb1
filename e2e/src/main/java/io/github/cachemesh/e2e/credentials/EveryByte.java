package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.OpenedStore;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreRefusedException;
import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * A store in which one bit of one byte is another, for each byte, and a store cut at each length:
 * refused by whoever reads and by whoever writes, and left as it is.
 */
final class EveryByte implements Part {
  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("Each byte of a store");
    OwnedStore owned = OwnedStore.create(stage.folder());
    owned.set("FIRST", "the value of the first", Anchor.none());
    owned.set("SECOND", "the value of the second", Anchor.none());
    owned.set("SECOND", "a later value of the second", Anchor.none());
    byte[] whole = Files.readAllBytes(owned.file());
    try (KeySource owner = owned.owner()) {
      Attempts flips = new Attempts(owned, owner);
      for (int i = 0; i < whole.length; i++) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) (1 << stage.random().nextInt(Byte.SIZE));
        flips.of(changed);
      }
      flips.report(stage, "one bit of each byte");
      Attempts cuts = new Attempts(owned, owner);
      for (int length = 0; length < whole.length; length++) {
        cuts.of(Arrays.copyOf(whole, length));
      }
      cuts.report(stage, "cut at each length");
      Attempts longer = new Attempts(owned, owner);
      for (String more : new String[] {" ", "\n", "\0", "{}", "\n\n"}) {
        longer.of(append(whole, more));
      }
      longer.report(stage, "something after the end");
    }
    Files.write(owned.file(), whole);
    stage
        .report()
        .same(
            "the store itself still opens",
            "a later value of the second",
            owned.get("SECOND", Anchor.none()));
  }

  private static byte[] append(byte[] whole, String more) {
    byte[] longer = Arrays.copyOf(whole, whole.length + more.length());
    for (int i = 0; i < more.length(); i++) {
      longer[whole.length + i] = (byte) more.charAt(i);
    }
    return longer;
  }

  /** What became of stores that were tampered with. */
  private static final class Attempts {
    private final Path file;
    private final SealedStore store;
    private final KeySource owner;
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private int attempts;
    private int accepted;
    private int touched;

    Attempts(OwnedStore owned, KeySource owner) {
      this.file = owned.file();
      this.store = owned.store();
      this.owner = owner;
    }

    void of(byte[] content) throws IOException {
      Files.write(file, content);
      attempts++;
      try (OpenedStore _ = store.openAsOwner(owner, Anchor.none())) {
        accepted++;
      } catch (StoreRefusedException e) {
        faults.merge(e.fault(), 1, Integer::sum);
      }
      try {
        var _ = store.change(owner, Anchor.none(), editor -> editor.delete(OwnedStore.id("FIRST")));
        accepted++;
      } catch (StoreRefusedException _) {
        // As it must be; the fault is that of opening.
      }
      if (!Arrays.equals(content, Files.readAllBytes(file))) {
        touched++;
      }
    }

    void report(Stage stage, String what) {
      stage
          .report()
          .fact(
              what + ": refused, left as it is",
              accepted == 0 && touched == 0 && attempts > 0,
              "%d stores, %d accepted, %d touched: %s"
                  .formatted(attempts, accepted, touched, faults));
    }
  }
}
