package io.github.cachemesh.core.credential;

import static io.github.cachemesh.core.credential.TestStore.GLOBAL;
import static io.github.cachemesh.core.credential.TestStore.NEVER;
import static io.github.cachemesh.core.credential.TestStore.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TwoWritersTest {
  private static final int EACH = 12;

  @TempDir Path folder;
  private TestStore test;

  @BeforeEach
  void create() throws IOException {
    test = new TestStore(folder);
  }

  @Test
  void threadsLoseNothing() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (String prefix : List.of("A", "B", "C")) {
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < EACH; i++) {
                    test.set(prefix + i, GLOBAL, prefix);
                  }
                  return prefix;
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }

    assertWritten(3);
  }

  @Test
  void processesLoseNothing() throws Exception {
    Path key = Files.write(folder.resolve("key"), KeyText.of(test.id, test.owner));
    List<Process> writers = new ArrayList<>();
    for (String prefix : List.of("A", "B")) {
      writers.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  WriterProgram.class.getName(),
                  test.file.toString(),
                  key.toString(),
                  prefix,
                  Integer.toString(EACH))
              .inheritIO()
              .start());
    }
    for (Process writer : writers) {
      assertThat(writer.waitFor(50, TimeUnit.SECONDS)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }

    assertWritten(2);
  }

  private void assertWritten(int writers) throws IOException {
    Overview overview = test.store.overview(Anchor.none());
    assertThat(overview.entries()).hasSize(writers * EACH);
    assertThat(overview.generation()).isEqualTo(1 + writers * EACH);
  }

  @Test
  void writerThatWaitsTooLongIsToldSo() throws Exception {
    SealedStore impatient =
        new SealedStore(test.file, TestStore.RANDOM, () -> test.now, Duration.ofMillis(20));
    StoreChange<Entry> other = editor -> editor.set(id("A", GLOBAL), new byte[] {1}, NEVER);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      test.change(
          editor -> {
            Future<Entry> waiting =
                threads.submit(() -> impatient.change(test.owner, Anchor.none(), other));
            assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(waiting::get)
                .havingCause()
                .isInstanceOfSatisfying(
                    StoreRefusedException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUSY));
            return editor;
          });
    }
  }

  @Test
  void readersDoNotWait() throws IOException {
    test.set("A", GLOBAL, "before");
    test.change(
        editor -> {
          editor.set(id("A", GLOBAL), new byte[] {1}, NEVER);
          try (OpenedStore opened = test.open()) {
            assertThat(TestStore.text(opened.value(id("A", GLOBAL)))).isEqualTo("before");
          }
          return 0;
        });
  }
}
