package io.github.cachemesh.core.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A store in a folder, its owner's key, and a clock that the test sets. */
final class TestStore {
  static final Scope GLOBAL = new Scope.Global();
  static final Scope WIDGETS = new Scope.Repo(new RepositoryRef.Id(1296269));
  static final Scope GADGETS = new Scope.Repo(new RepositoryRef.Id(42));
  static final Expiry NEVER = new Expiry.Never();
  static final SecureRandom RANDOM = new SecureRandom();

  final Path file;
  final RawKey owner = RawKey.fresh(RANDOM);
  final StoreId id;
  final SealedStore store;
  Instant now = Instant.parse("2026-11-01T12:00:00Z");

  TestStore(Path folder) throws IOException {
    this(folder, StorePolicy.DEFAULT);
  }

  TestStore(Path folder, StorePolicy policy) throws IOException {
    InstantSource clock = () -> now;
    this.file = folder.resolve(SealedStore.FILE_NAME);
    this.store = new SealedStore(file, RANDOM, clock, Duration.ofSeconds(20));
    this.id = store.create("owner", owner, policy);
  }

  static CredentialId id(String name, Scope scope) {
    return new CredentialId(name, scope);
  }

  /** Changes it as its owner, without an anchor. */
  <T> T change(StoreChange<T> change) throws IOException {
    return store.change(owner, Anchor.none(), change);
  }

  void set(String name, Scope scope, String value) throws IOException {
    change(editor -> editor.set(id(name, scope), value.getBytes(UTF_8), NEVER));
  }

  OpenedStore open() throws IOException {
    return store.openAsOwner(owner, Anchor.none());
  }

  /** The key of a new holder of some scopes, as it is handed out. */
  KeySource holder(String name, Scope... scopes) throws IOException {
    RawKey key = RawKey.fresh(RANDOM);
    change(
        editor -> {
          editor.addHolder(name, key, List.of(scopes));
          return name;
        });
    return KeyText.parse(KeyText.of(id, key));
  }

  static String text(Credential credential) {
    try (credential) {
      return new String(credential.value(), UTF_8);
    }
  }

  /** Writes the file as its owner could, past all that an editor checks. */
  void forge(UnaryOperator<Manifest> change) throws IOException {
    ManifestText.Signed signed = ManifestText.read(Files.readAllBytes(file));
    UnlockedKeys unlocked = UnlockedKeys.unlock(new StoreFile(file, () -> now).read(), owner);
    try (KeyTable keys = KeyTable.of(signed.manifest(), unlocked, RANDOM)) {
      Manifest changed = change.apply(signed.manifest());
      Files.write(file, ManifestText.sign(changed, keys.signingKey()).bytes());
    }
  }

  Manifest manifest() throws IOException {
    return ManifestText.read(Files.readAllBytes(file)).manifest();
  }

  /** The fault of a refusal, whose message is one for people and has no cause. */
  static Fault refusal(ThrowingCallable attempt) {
    return assertThatExceptionOfType(StoreRefusedException.class)
        .isThrownBy(attempt)
        .withNoCause()
        .withMessageMatching("[^\\n]{10,600}")
        .actual()
        .fault();
  }

  /** That an attempt is refused and leaves the file as it is. */
  void refuses(Fault fault, ThrowingCallable attempt) throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThat(refusal(attempt)).isEqualTo(fault);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }
}
