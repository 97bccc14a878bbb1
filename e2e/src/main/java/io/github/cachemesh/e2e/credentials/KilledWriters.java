package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.Credential;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.OpenedStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two processes write to one store at once; of each pair one is killed by {@code kill -9} at a
 * random moment, 50 times: whatever a writer was told is kept is there, with the value it wrote.
 */
final class KilledWriters implements Part {
  private static final int KILLS = 50;
  private static final int MAX_MILLIS = 40;
  private static final String SURVIVOR = "SURVIVOR";

  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("Writers that are killed");
    OwnedStore owned = OwnedStore.create(stage.folder("store"));
    Path state = stage.folder("state");
    Anchor anchor = Anchor.none().hostState(state);
    Program writer =
        Program.java(WriterMain.class)
            .and(owned.file().toString(), owned.key().toString(), state.toString());
    Map<String, Integer> kept = new LinkedHashMap<>();
    int wrong = 0;
    int unconfirmed = 0;
    try (Writer survivor = new Writer(writer.and(SURVIVOR))) {
      survivor.awaitFirst();
      for (int i = 1; i <= KILLS; i++) {
        String name = "KILLED_" + i;
        try (Writer victim = new Writer(writer.and(name))) {
          victim.awaitFirst();
          var _ = victim.process.waitFor(stage.random().nextInt(MAX_MILLIS), TimeUnit.MILLISECONDS);
          int acknowledged = victim.kill();
          int found = found(owned, name, acknowledged, anchor);
          wrong += found < 0 ? 1 : 0;
          unconfirmed += found > acknowledged ? 1 : 0;
          kept.put(name, Math.max(found, acknowledged));
        }
      }
      stage
          .report()
          .fact(
              "each of %d killed writers' last value".formatted(KILLS),
              wrong == 0,
              "%d wrong; %d were killed after the value was there and before they said so"
                  .formatted(wrong, unconfirmed));
      int acknowledged = survivor.kill();
      kept.put(SURVIVOR, Math.max(acknowledged, found(owned, SURVIVOR, acknowledged, anchor)));
    }
    int writes = kept.values().stream().mapToInt(Integer::intValue).sum();
    int lost = 0;
    long generation;
    try (KeySource owner = owned.owner();
        OpenedStore opened = owned.store().openAsOwner(owner, anchor)) {
      for (Map.Entry<String, Integer> one : kept.entrySet()) {
        lost += value(opened, one.getKey()).equals(value(one)) ? 0 : 1;
      }
      generation = opened.overview().generation();
    }
    stage.report().fact("nothing is lost in the end", lost == 0, kept.size() + " records");
    // The empty store is generation 1.
    stage.report().same("each write of both is one generation", writes + 1L, generation);
    stage
        .report()
        .fact(
            "what a kill leaves is bounded",
            left(stage.folder("store")) <= KILLS + 3,
            left(stage.folder("store")) + " files");
    owned.set("AFTERWARDS", "written", anchor);
    stage.report().same("the store goes on", "written", owned.get("AFTERWARDS", anchor));
  }

  private static long left(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  /** Which of the writer's values is there: what it was told, or the next one; else -1. */
  private static int found(OwnedStore owned, String name, int acknowledged, Anchor anchor)
      throws IOException {
    try (KeySource owner = owned.owner();
        OpenedStore opened = owned.store().openAsOwner(owner, anchor)) {
      String value = value(opened, name);
      for (int number = acknowledged; number <= acknowledged + 1; number++) {
        if (value.equals(WriterMain.value(name, number))) {
          return number;
        }
      }
      return -1;
    }
  }

  private static String value(Map.Entry<String, Integer> written) {
    return WriterMain.value(written.getKey(), written.getValue());
  }

  private static String value(OpenedStore opened, String name) throws IOException {
    try (Credential credential = opened.value(OwnedStore.id(name))) {
      return new String(credential.value(), UTF_8);
    }
  }

  /** A process of {@link WriterMain}. */
  private static final class Writer implements AutoCloseable {
    private final Process process;
    private final BufferedReader numbers;
    private int last;

    Writer(Program program) throws IOException {
      process = program.builder().redirectError(ProcessBuilder.Redirect.INHERIT).start();
      numbers = process.inputReader(UTF_8);
    }

    void awaitFirst() throws IOException {
      if (!next()) {
        throw new IOException("the writer ended with exit code " + process.exitValue());
      }
    }

    private boolean next() throws IOException {
      String line = numbers.readLine();
      if (line == null) {
        return false;
      }
      last = Integer.parseInt(line);
      return true;
    }

    /** Kills it, and returns the number of the last value that it said is kept. */
    int kill() throws IOException {
      // The process's own method closes its output too.
      var _ = process.toHandle().destroyForcibly();
      while (next()) {}
      return last;
    }

    @Override
    public void close() {
      var _ = process.destroyForcibly();
    }
  }
}
