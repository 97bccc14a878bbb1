package io.github.cachemesh.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ExclusiveFileTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  private static CompletableFuture<Void> held(ExclusiveFile file) {
    return CompletableFuture.runAsync(
        () -> {
          try (ExclusiveFile.Held _ = file.acquire()) {
            // Let go of at once.
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void anotherThreadHasItOnceItIsLetGoOf() throws Exception {
    ExclusiveFile file = new ExclusiveFile(folder.resolve("lock"), LONG);
    ExclusiveFile.Held first = file.acquire();
    CompletableFuture<Void> second = held(file);
    assertThat(second).isNotDone();

    first.close();

    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void anotherNameOfTheFolderIsTheSameFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    ExclusiveFile other = new ExclusiveFile(link.resolve("lock"), SHORT);
    try (ExclusiveFile.Held _ = new ExclusiveFile(folder.resolve("lock"), LONG).acquire()) {
      assertThatThrownBy(held(other)::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(IOException.class)
          .hasMessageContaining("another thread holds");
    }
  }

  @Test
  void threadThatHoldsItIsRefused() throws IOException {
    ExclusiveFile file = new ExclusiveFile(folder.resolve("lock"), LONG);
    try (ExclusiveFile.Held _ = file.acquire()) {
      assertThatIllegalStateException().isThrownBy(file::acquire);
    }
  }

  @Test
  void anotherProcessIsWaitedForNoLongerThanItMay() throws Exception {
    Path lock = folder.resolve("lock");
    Process other = new ProcessBuilder("python3", "-c", holding(), lock.toString()).start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      assertThatThrownBy(new ExclusiveFile(lock, SHORT)::acquire)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process holds " + lock);
    } finally {
      other.destroyForcibly().waitFor();
    }

    new ExclusiveFile(lock, LONG).acquire().close();
  }

  @Test
  void processThatComesAgainAtOnceStarvesNobody() throws Exception {
    Path lock = folder.resolve("lock");
    Process other = new ProcessBuilder("python3", "-c", comingAgain(), lock.toString()).start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      for (int i = 0; i < 20; i++) {
        new ExclusiveFile(lock, Duration.ofSeconds(2)).acquire().close();
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  /** Holds it for 20 ms and lets go of it for no time, as a writer that syncs. */
  private static String comingAgain() {
    return """
    import fcntl, os, sys, time
    lock = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
    while True:
        fcntl.lockf(lock, fcntl.LOCK_EX, 1, 1)
        fcntl.lockf(lock, fcntl.LOCK_EX, 1, 0)
        fcntl.lockf(lock, fcntl.LOCK_UN, 1, 1)
        print('held', flush=True)
        time.sleep(0.02)
        fcntl.lockf(lock, fcntl.LOCK_UN, 1, 0)
    """;
  }

  private static String holding() {
    return """
    import fcntl, sys
    lock = open(sys.argv[1], 'w')
    fcntl.lockf(lock, fcntl.LOCK_EX)
    print('held', flush=True)
    sys.stdin.read()
    """;
  }

  @Test
  void interruptEndsTheWait() throws IOException {
    ExclusiveFile file = new ExclusiveFile(folder.resolve("lock"), LONG);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(file::acquire).isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    file.acquire().close();
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    Path lock = folder.resolve("lock");
    new ExclusiveFile(lock, LONG).acquire().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
        .isEqualTo("rw-------");
  }

  @Test
  void linkIsNotFollowed() throws IOException {
    Path elsewhere = Files.createFile(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve("lock"), elsewhere);

    assertThatThrownBy(new ExclusiveFile(link, LONG)::acquire).isInstanceOf(IOException.class);
  }
}
