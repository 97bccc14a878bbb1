package io.github.cachemesh.images.training;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Expiry;
import io.github.cachemesh.core.credential.KeyText;
import io.github.cachemesh.core.credential.RawKey;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreId;
import io.github.cachemesh.core.credential.StorePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A sealed store with one credential, which {@code inject-credentials} opens by a holder's key. */
final class TrainingStore {
  private static final String NAME = "TRAINING_KEY";

  private TrainingStore() {}

  /** Makes it; the inputs by which a step asks for its credential. */
  static Map<String, String> create(Path folder) throws IOException {
    Path file = folder.resolve(SealedStore.FILE_NAME);
    SecureRandom random = new SecureRandom();
    SealedStore store = new SealedStore(file, random, InstantSource.system());
    try (RawKey owner = RawKey.fresh(random);
        RawKey holder = RawKey.fresh(random)) {
      StoreId id = store.create("owner", owner, StorePolicy.DEFAULT);
      Scope scope = new Scope.Global();
      store.change(
          owner,
          Anchor.none(),
          editor -> {
            editor.addHolder("training", holder, List.of(scope));
            return editor.set(
                new CredentialId(NAME, scope), "training".getBytes(UTF_8), new Expiry.Never());
          });
      return Map.of(
          "INPUT_STORE",
          file.toString(),
          "INPUT_KEY",
          new String(KeyText.of(id, holder), US_ASCII),
          "INPUT_CREDENTIAL-NAMES",
          NAME);
    }
  }
}
