package io.github.cachemesh.core.credential;

import static io.github.cachemesh.core.credential.TestStore.GADGETS;
import static io.github.cachemesh.core.credential.TestStore.GLOBAL;
import static io.github.cachemesh.core.credential.TestStore.NEVER;
import static io.github.cachemesh.core.credential.TestStore.WIDGETS;
import static io.github.cachemesh.core.credential.TestStore.id;
import static io.github.cachemesh.core.credential.TestStore.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.AgeRecipient;
import io.github.cachemesh.core.envelope.Argon2id;
import io.github.cachemesh.core.envelope.Pbkdf2HmacSha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldersTest {
  /** Made with age-keygen for this test. */
  private static final AgePair AGE =
      new AgePair(
          "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33",
          "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa");

  private record AgePair(String identity, String recipient) {}

  @TempDir Path folder;
  private TestStore test;

  @BeforeEach
  void create() throws IOException {
    test = new TestStore(folder);
    test.set("A", GLOBAL, "of all");
    test.set("A", WIDGETS, "of widgets");
    test.set("A", GADGETS, "of gadgets");
  }

  @Test
  void holderOpensItsScopeAndNoOther() throws IOException {
    try (KeySource key = test.holder("ci", WIDGETS);
        OpenedStore opened = test.store.open(key, Anchor.none())) {
      assertThat(text(opened.value(id("A", WIDGETS)))).isEqualTo("of widgets");
      for (Scope other : List.of(GLOBAL, GADGETS)) {
        assertThat(TestStore.refusal(() -> opened.value(id("A", other))))
            .isEqualTo(Fault.WRONG_KEY);
      }
    }
  }

  @Test
  void holderSignsNothing() throws IOException {
    try (KeySource key = test.holder("ci", WIDGETS)) {
      test.refuses(
          Fault.NOT_OWNER,
          () ->
              test.store.change(
                  key,
                  Anchor.none(),
                  editor -> editor.set(id("A", WIDGETS), "x".getBytes(UTF_8), NEVER)));
      test.refuses(Fault.NOT_OWNER, () -> test.store.openAsOwner(key, Anchor.none()));
    }
  }

  @Test
  void holderReadsWhatIsSetLater() throws IOException {
    Scope later = new Scope.Runner("runner-7");
    try (KeySource key = test.holder("ci", later)) {
      test.set("B", later, "set later");
      try (OpenedStore opened = test.store.open(key, Anchor.none())) {
        assertThat(text(opened.value(id("B", later)))).isEqualTo("set later");
      }
    }
  }

  @Test
  void holderCanBeGivenFurtherScopes() throws IOException {
    try (KeySource key = test.holder("ci", WIDGETS)) {
      test.change(
          editor -> {
            editor.addScopes("ci", List.of(GADGETS));
            return 0;
          });
      try (OpenedStore opened = test.store.open(key, Anchor.none())) {
        assertThat(opened.holder().scopes()).containsExactly(WIDGETS, GADGETS);
        assertThat(text(opened.value(id("A", GADGETS)))).isEqualTo("of gadgets");
      }
    }
  }

  @Test
  void keyOfAnotherStoreIsRefused() throws IOException {
    TestStore other = new TestStore(folder.resolve("other"));
    try (KeySource named = other.holder("ci", WIDGETS)) {
      test.refuses(Fault.FOREIGN, () -> test.store.open(named, Anchor.none()));
    }
    test.refuses(Fault.WRONG_KEY, () -> test.store.openAsOwner(other.owner, Anchor.none()));
  }

  /** Somebody who has a holder's key makes a store of their own and gives that key everything. */
  @Test
  void storeThatAHolderPutsInPlaceIsRefused() throws IOException {
    RawKey shared = RawKey.fresh(TestStore.RANDOM);
    test.change(
        editor -> {
          editor.addHolder("ci", shared, List.of(WIDGETS));
          return 0;
        });
    Path forgedFile = folder.resolve("forged");
    SealedStore forged = new SealedStore(forgedFile, TestStore.RANDOM, () -> test.now);
    forged.create("owner", shared, StorePolicy.DEFAULT);
    Files.copy(forgedFile, test.file, StandardCopyOption.REPLACE_EXISTING);

    try (KeySource named = KeyText.parse(KeyText.of(test.id, shared))) {
      test.refuses(Fault.FOREIGN, () -> test.store.open(named, Anchor.none()));
    }
    test.refuses(Fault.UNPINNED, () -> test.store.open(shared, Anchor.none()));
    test.refuses(Fault.FOREIGN, () -> test.store.open(shared, Anchor.none().store(test.id)));
  }

  @Test
  void removedHolderOpensNothingThatIsWrittenAfterwards() throws IOException {
    KeySource removed = test.holder("gone", WIDGETS);
    try (removed;
        KeySource stays = test.holder("stays", WIDGETS);
        OpenedStore before = test.store.open(removed, Anchor.none())) {
      ScopeKey old = test.manifest().scopes().get(WIDGETS);
      test.change(
          editor -> {
            editor.removeHolder("gone");
            return 0;
          });

      test.refuses(Fault.WRONG_KEY, () -> test.store.open(removed, Anchor.none()));
      assertThat(test.manifest().scopes().get(WIDGETS).key()).isNotEqualTo(old.key());
      try (OpenedStore opened = test.store.open(stays, Anchor.none())) {
        assertThat(text(opened.value(id("A", WIDGETS)))).isEqualTo("of widgets");
      }
      assertThat(text(before.value(id("A", WIDGETS)))).isEqualTo("of widgets");
    }
  }

  @Test
  void lastOwnerStays() throws IOException {
    test.refuses(
        Fault.NOT_OWNER,
        () ->
            test.change(
                editor -> {
                  editor.removeHolder("owner");
                  return 0;
                }));
  }

  @Test
  void ownerCanBeReplaced() throws IOException {
    RawKey successor = RawKey.fresh(TestStore.RANDOM);
    test.change(
        editor -> {
          editor.addOwner("successor", successor);
          editor.removeHolder("owner");
          return 0;
        });

    test.refuses(Fault.WRONG_KEY, test::open);
    try (OpenedStore opened = test.store.openAsOwner(successor, Anchor.none())) {
      assertThat(text(opened.value(id("A", WIDGETS)))).isEqualTo("of widgets");
    }
  }

  @Test
  void nameAndKeyOfAHolderAreItsOwn() throws IOException {
    RawKey other = RawKey.fresh(TestStore.RANDOM);
    test.refuses(
        Fault.EXISTS,
        () ->
            test.change(
                editor -> {
                  editor.addHolder("owner", other, List.of(WIDGETS));
                  return 0;
                }));
    test.refuses(
        Fault.EXISTS,
        () ->
            test.change(
                editor -> {
                  editor.addHolder("twice", test.owner, List.of(WIDGETS));
                  return 0;
                }));
    test.refuses(
        Fault.MALFORMED,
        () ->
            test.change(
                editor -> {
                  editor.addHolder("two words", other, List.of(WIDGETS));
                  return 0;
                }));
  }

  @Test
  void passphraseOpens() throws IOException {
    try (Passphrase right = passphrase("correct horse");
        Passphrase wrong = passphrase("battery staple")) {
      test.change(
          editor -> {
            editor.addOwner("by-passphrase", right);
            return 0;
          });

      try (OpenedStore opened = test.store.openAsOwner(right, Anchor.none())) {
        assertThat(opened.holder().name()).isEqualTo("by-passphrase");
      }
      test.refuses(Fault.WRONG_KEY, () -> test.store.openAsOwner(wrong, Anchor.none()));
    }
    assertThat(Files.readString(test.file)).contains("$argon2id$v=19$m=19456,t=2,p=1");
  }

  private static Passphrase passphrase(String text) {
    return new Passphrase(text.getBytes(UTF_8), Argon2id.DEFAULT);
  }

  @Test
  void passphraseCanBeStretchedByPbkdf2() throws IOException {
    try (Passphrase passphrase =
        new Passphrase("correct horse".getBytes(UTF_8), Pbkdf2HmacSha256.DEFAULT)) {
      test.change(
          editor -> {
            editor.addOwner("by-pbkdf2", passphrase);
            return 0;
          });

      try (OpenedStore opened = test.store.openAsOwner(passphrase, Anchor.none())) {
        assertThat(opened.holder().name()).isEqualTo("by-pbkdf2");
      }
    }
    assertThat(Files.readString(test.file)).contains("$pbkdf2-sha256$i=600000");
  }

  @Test
  void fifthPassphraseIsRefused() throws IOException {
    test.refuses(
        Fault.OUT_OF_BOUNDS,
        () ->
            test.change(
                editor -> {
                  for (int i = 0; i < 5; i++) {
                    editor.addOwner("by-passphrase-" + i, passphrase("number " + i));
                  }
                  return 0;
                }));
  }

  @Test
  void ageIdentityOpensWhatIsSealedToItsRecipient() throws IOException {
    test.change(
        editor -> {
          editor.addHolder(
              "laptop", new AgeTarget(new AgeRecipient(AGE.recipient())), List.of(WIDGETS));
          return 0;
        });

    try (KeySource key = KeyText.parse(AGE.identity().getBytes(UTF_8));
        OpenedStore opened = test.store.open(key, Anchor.none().store(test.id))) {
      assertThat(text(opened.value(id("A", WIDGETS)))).isEqualTo("of widgets");
      test.refuses(Fault.UNPINNED, () -> test.store.open(key, Anchor.none()));
    }
  }

  /** Everybody can seal to a recipient, so that such a slot does not tell whose store it is. */
  @Test
  void ageIdentityOfAnOwnerDoesNotProveTheWriter() throws IOException {
    test.change(
        editor -> {
          editor.addOwner("laptop", new AgeTarget(new AgeRecipient(AGE.recipient())));
          return 0;
        });

    try (KeySource key = KeyText.parse(AGE.identity().getBytes(UTF_8))) {
      test.refuses(Fault.UNPINNED, () -> test.store.openAsOwner(key, Anchor.none()));
      try (OpenedStore opened = test.store.openAsOwner(key, Anchor.none().store(test.id))) {
        assertThat(opened.holder().owner()).isTrue();
      }
    }
  }

  @Test
  void keyringOpensAndKeepsAKeyForEachSlot() throws IOException {
    FakeKeyring keyring = new FakeKeyring();
    test.change(
        editor -> {
          editor.addOwner("host", new KeyringKey(keyring));
          editor.addHolder("host-ci", new KeyringKey(keyring), List.of(WIDGETS));
          return 0;
        });

    assertThat(keyring.secrets).hasSize(2);
    try (OpenedStore opened = test.store.openAsOwner(new KeyringKey(keyring), Anchor.none())) {
      assertThat(opened.holder().name()).isEqualTo("host");
    }
    test.refuses(
        Fault.WRONG_KEY,
        () -> test.store.openAsOwner(new KeyringKey(new FakeKeyring()), Anchor.none()));
  }

  private static final class FakeKeyring implements Keyring {
    private final Map<List<String>, String> secrets = new HashMap<>();

    @Override
    public Optional<String> get(String service, String account) {
      return Optional.ofNullable(secrets.get(List.of(service, account)));
    }

    @Override
    public void set(String service, String account, String secret) {
      secrets.put(List.of(service, account), secret);
    }
  }
}
