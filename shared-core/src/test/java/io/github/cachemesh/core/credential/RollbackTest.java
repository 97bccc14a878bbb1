package io.github.cachemesh.core.credential;

import static io.github.cachemesh.core.credential.TestStore.GLOBAL;
import static io.github.cachemesh.core.credential.TestStore.id;
import static io.github.cachemesh.core.credential.TestStore.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {
  @TempDir Path folder;
  private TestStore test;
  private Path old;
  private Anchor host;

  @BeforeEach
  void create() throws IOException {
    test = new TestStore(folder.resolve("store"));
    test.set("A", GLOBAL, "old");
    old = Files.copy(test.file, folder.resolve("old"));
    host = Anchor.none().hostState(folder.resolve("state"));
  }

  private void rollBack() throws IOException {
    Files.copy(old, test.file, StandardCopyOption.REPLACE_EXISTING);
  }

  private RollbackCheck check(Anchor anchor) throws IOException {
    try (OpenedStore opened = test.store.openAsOwner(test.owner, anchor)) {
      return opened.overview().rollback();
    }
  }

  @Test
  void withoutAnAnchorNobodyCanTell() throws IOException {
    test.set("A", GLOBAL, "new");
    rollBack();

    assertThat(check(Anchor.none())).isEqualTo(RollbackCheck.UNTOLD);
  }

  @Test
  void generationBelowTheOneAskedForIsRefused() throws IOException {
    test.set("A", GLOBAL, "new");
    assertThat(check(Anchor.none().atLeast(3))).isEqualTo(RollbackCheck.TOLD);
    rollBack();

    test.refuses(Fault.ROLLED_BACK, () -> check(Anchor.none().atLeast(3)));
    test.refuses(Fault.ROLLED_BACK, () -> test.store.overview(Anchor.none().atLeast(3)));
  }

  @Test
  void hostThatSawALaterOneRefusesTheOld() throws IOException {
    assertThat(check(host)).isEqualTo(RollbackCheck.UNTOLD);
    test.set("A", GLOBAL, "new");
    assertThat(check(host)).isEqualTo(RollbackCheck.TOLD);
    rollBack();

    test.refuses(Fault.ROLLED_BACK, () -> check(host));
  }

  @Test
  void writerRemembersWhatItWrote() throws IOException {
    byte[] value = {1};
    test.store.change(
        test.owner, host, editor -> editor.set(id("A", GLOBAL), value, TestStore.NEVER));
    rollBack();

    test.refuses(
        Fault.ROLLED_BACK,
        () ->
            test.store.change(
                test.owner, host, editor -> editor.set(id("A", GLOBAL), value, TestStore.NEVER)));
  }

  @Test
  void oneGenerationIsOneStore() throws IOException {
    test.set("A", GLOBAL, "new");
    assertThat(check(host)).isEqualTo(RollbackCheck.UNTOLD);
    rollBack();
    test.set("A", GLOBAL, "another");

    test.refuses(Fault.FORKED, () -> check(host));
  }

  @Test
  void whatTheHostRemembersOnlyGrows() throws IOException {
    HostState state = new HostState(folder.resolve("state"), Duration.ofSeconds(9), () -> test.now);
    state.remember(test.id, new HostState.Seen(7, "a".repeat(64)));
    state.remember(test.id, new HostState.Seen(5, "b".repeat(64)));

    assertThat(state.seen(test.id)).contains(new HostState.Seen(7, "a".repeat(64)));
  }

  @Test
  void damagedStateOfTheHostIsRefused() throws IOException {
    check(host);
    Files.writeString(folder.resolve("state").resolve(test.id.text()), "1");

    test.refuses(Fault.CORRUPT, () -> check(host));
  }

  @Test
  void stateBesideTheStoreIsNoAnchor() throws IOException {
    test.refuses(Fault.MALFORMED, () -> check(Anchor.none().hostState(folder.resolve("store"))));
  }

  @Test
  void backupIsRestoredAboveAllThatWasSeen() throws IOException {
    Path backup = folder.resolve("backup");
    assertThat(test.store.backUp(backup, Anchor.none())).isEqualTo(2);
    test.set("A", GLOBAL, "new");
    check(host);

    assertThat(test.store.restore(backup, test.owner, host)).isEqualTo(4);

    assertThat(check(host)).isEqualTo(RollbackCheck.TOLD);
    try (OpenedStore opened = test.open()) {
      assertThat(text(opened.value(id("A", GLOBAL)))).isEqualTo("old");
    }
  }

  @Test
  void backupIsTheFileAsItIs() throws IOException {
    Path backup = folder.resolve("backup");
    test.store.backUp(backup, Anchor.none());

    assertThat(Files.readAllBytes(backup)).isEqualTo(Files.readAllBytes(test.file));
  }

  @Test
  void damagedStoreIsRestored() throws IOException {
    Files.writeString(test.file, "damaged");

    assertThat(test.store.restore(old, test.owner, Anchor.none().atLeast(9))).isEqualTo(10);
  }

  @Test
  void damagedOrForeignBackupIsNotRestored() throws IOException {
    TestStore other = new TestStore(folder.resolve("other"));
    test.refuses(Fault.FOREIGN, () -> test.store.restore(other.file, other.owner, Anchor.none()));

    Path cut = Files.writeString(folder.resolve("cut"), "{");
    test.refuses(Fault.CORRUPT, () -> test.store.restore(cut, test.owner, Anchor.none()));
  }

  @Test
  void holderRestoresNothing() throws IOException {
    try (KeySource holder = test.holder("ci", GLOBAL)) {
      Path backup = folder.resolve("backup");
      test.store.backUp(backup, Anchor.none());
      test.refuses(Fault.NOT_OWNER, () -> test.store.restore(backup, holder, Anchor.none()));
    }
  }

  @Test
  void readerThatAWriterOvertakesSeesNoRollback() throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> writer = threads.submit(this::writeOftenOnThisHost);
      int reads = 0;
      while (!writer.isDone() || reads == 0) {
        assertThat(check(host)).isNotNull();
        reads++;
      }
      writer.get();
    }
  }

  private String writeOftenOnThisHost() throws IOException {
    for (int i = 0; i < 100; i++) {
      byte[] value = {(byte) i};
      var _ =
          test.store.change(
              test.owner, host, editor -> editor.set(id("A", GLOBAL), value, TestStore.NEVER));
    }
    return "written";
  }
}
