package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody can do who may write a store's file and has no key, seen by the command line. */
final class StoreAttacks implements Part {
  private static final String FIRST = "the first's value";
  private static final String SECOND = "the second's value";

  /** Of the two records that have one version each. */
  private static final Pattern VALUE = Pattern.compile("\"value\":\"([^\"]+)\"");

  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("Attacks on a store's file, by the command line");
    StoreCli store = StoreCli.init(stage, "store");
    store.set("FIRST", FIRST);
    byte[] old = Files.readAllBytes(store.file());
    store.set("SECOND", SECOND);
    byte[] good = Files.readAllBytes(store.file());
    stage.report().same("it opens", SECOND, store.get("SECOND").output());

    refused(store, "two values swapped", swapped(good), "credentials.cmstore");
    refused(store, "one bit of it", flipped(stage, good), "credentials.cmstore");
    refused(store, "its first half", Arrays.copyOf(good, good.length / 2), "credentials.cmstore");
    refused(store, "nothing in it", new byte[0], "credentials.cmstore");
    refused(store, "an old copy, on a host that saw a newer", old, "old copy");

    StoreCli fresh = store.onHost("fresh-state");
    Files.write(store.file(), old);
    refusedAs(
        fresh.command("get", "FIRST", "--min-generation", "3").run(),
        stage,
        "an old copy, with --min-generation",
        "old copy");
    Ran untold = fresh.get("FIRST");
    stage
        .report()
        .fact(
            "an old copy, with no anchor: said that it cannot tell",
            untold.output().equals(FIRST) && untold.err().contains("cannot tell"),
            untold.err().strip());

    StoreCli foreign = StoreCli.init(stage, "foreign");
    foreign.set("FIRST", "the attacker's");
    refused(store, "another's store in its place", Files.readAllBytes(foreign.file()), "store");
    Files.write(store.file(), good);
    StoreCli wrongKey = new StoreCli(stage, store.file(), foreign.key(), store.state());
    refusedAs(wrongKey.get("FIRST"), stage, "another's key", "store");

    atOnce(store);
    Ran argument = store.setting("THIRD").and("a-value-that-all-see").run();
    stage
        .report()
        .fact(
            "a value as an argument: refused, and not repeated",
            !argument.succeeded() && !(argument.err() + argument.out()).contains("that-all-see"),
            argument.err().lines().findFirst().orElse(""));
  }

  /** Both of two that write at the same time find what they wrote. */
  private static void atOnce(StoreCli store) throws Exception {
    ProcessBuilder[] writers = {
      store.setting("LEFT").builder(),
      store.setting("RIGHT").builder(),
      store.setting("MIDDLE").builder()
    };
    Process[] running = new Process[writers.length];
    for (int i = 0; i < writers.length; i++) {
      running[i] =
          writers[i]
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    }
    for (Process process : running) {
      process.getOutputStream().write("written at once".getBytes(UTF_8));
      process.getOutputStream().close();
    }
    int failures = 0;
    for (Process process : running) {
      failures += process.waitFor() == 0 ? 0 : 1;
    }
    String listed = store.listed();
    boolean all = listed.contains("LEFT") && listed.contains("RIGHT") && listed.contains("MIDDLE");
    store
        .stage()
        .report()
        .fact(
            "three that write at once",
            failures == 0 && all && store.get("SECOND").out().equals(SECOND),
            failures + " failed");
  }

  /** Reading and writing are refused, and the file stays as it is. */
  private static void refused(StoreCli store, String what, byte[] content, String words)
      throws Exception {
    Path kept =
        Files.copy(
            store.file(),
            store.stage().folder().resolve("kept"),
            StandardCopyOption.REPLACE_EXISTING);
    Files.write(store.file(), content);
    Ran read = store.get("FIRST");
    Ran written = store.setting("FIRST").run("new".getBytes(UTF_8));
    boolean untouched = Arrays.equals(content, Files.readAllBytes(store.file()));
    store
        .stage()
        .report()
        .fact(
            what,
            read.refusedFor(words)
                && written.refusedFor(words)
                && untouched
                && read.out().isEmpty(),
            read.brief() + (untouched ? "" : " TOUCHED"));
    Files.copy(kept, store.file(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void refusedAs(Ran ran, Stage stage, String what, String words) {
    stage.report().fact(what, ran.refusedFor(words) && ran.out().isEmpty(), ran.brief());
  }

  private static byte[] swapped(byte[] store) throws IOException {
    String text = new String(store, UTF_8);
    Matcher values = VALUE.matcher(text);
    if (!values.find()) {
      throw new IOException("no value in " + text);
    }
    String first = values.group(1);
    if (!values.find()) {
      throw new IOException("no second value in " + text);
    }
    String second = values.group(1);
    return text.replace(first, "@").replace(second, first).replace("@", second).getBytes(UTF_8);
  }

  private static byte[] flipped(Stage stage, byte[] store) {
    byte[] flipped = store.clone();
    flipped[stage.random().nextInt(store.length)] ^= 1;
    return flipped;
  }
}
