package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.Credential;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Expiry;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.KeyText;
import io.github.cachemesh.core.credential.OpenedStore;
import io.github.cachemesh.core.credential.RawKey;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreId;
import io.github.cachemesh.core.credential.StorePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** A store and the raw key of its owner, both in files. */
record OwnedStore(Path file, Path key) {
  static final String OWNER = "owner";

  /** Makes an empty store. */
  static OwnedStore create(Path folder) throws IOException {
    OwnedStore made =
        new OwnedStore(folder.resolve(SealedStore.FILE_NAME), folder.resolve("owner.key"));
    SecureRandom random = new SecureRandom();
    try (RawKey key = RawKey.fresh(random)) {
      StoreId id = made.store().create(OWNER, key, StorePolicy.DEFAULT);
      Files.write(made.key, KeyText.of(id, key));
    }
    return made;
  }

  static CredentialId id(String name) {
    return new CredentialId(name, new Scope.Global());
  }

  SealedStore store() {
    return new SealedStore(file, new SecureRandom(), Clock.systemUTC());
  }

  /** The owner's key, which the caller closes. */
  KeySource owner() throws IOException {
    return KeyText.parse(Files.readAllBytes(key));
  }

  /** Sets a global value as its owner. */
  void set(String name, String value, Anchor anchor) throws IOException {
    set(id(name), value, anchor);
  }

  /** Sets a value as its owner. */
  void set(CredentialId id, String value, Anchor anchor) throws IOException {
    try (KeySource owner = owner()) {
      var _ =
          store()
              .change(
                  owner,
                  anchor,
                  editor -> editor.set(id, value.getBytes(UTF_8), new Expiry.Never()));
    }
  }

  /** Gives somebody a key that opens a scope, and returns its file. */
  Path addHolder(String name, Scope scope) throws IOException {
    Path file = key.resolveSibling(name + ".key");
    try (KeySource owner = owner();
        RawKey theirs = RawKey.fresh(new SecureRandom())) {
      StoreId id =
          store()
              .change(
                  owner,
                  Anchor.none(),
                  editor -> {
                    editor.addHolder(name, theirs, List.of(scope));
                    return editor.overview().store();
                  });
      Files.write(file, KeyText.of(id, theirs));
    }
    return file;
  }

  /** A value as its owner reads it. */
  String get(String name, Anchor anchor) throws IOException {
    try (KeySource owner = owner();
        OpenedStore opened = store().openAsOwner(owner, anchor);
        Credential credential = opened.value(id(name))) {
      return new String(credential.value(), UTF_8);
    }
  }
}
