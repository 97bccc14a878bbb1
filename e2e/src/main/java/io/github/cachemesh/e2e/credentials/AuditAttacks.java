package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.audit.AuditHead;
import io.github.cachemesh.core.audit.AuditKey;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditVerdict;
import io.github.cachemesh.core.envelope.MacKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** What somebody can do to an audit log who may write its files and has no key: all of it shows. */
final class AuditAttacks implements Part {
  private static final int LINES = 6;

  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("Attacks on the audit log");
    Log log = Log.written(stage, "log", "FIRST");
    Log other = Log.written(stage, "other", "OTHER");
    List<String> lines = log.lines();
    String head = log.command("head").run().output().strip();
    stage.report().fact("it is intact", log.verify(head).succeeded(), head.substring(0, 12) + "…");
    List<String> others = other.lines();

    log.found(
        head, "a line changed", "changed", all -> all.set(2, all.get(2).replace("done", "denied")));
    log.found(head, "two lines exchanged", "reordered", all -> Collections.swap(all, 2, 3));
    log.found(head, "a line twice", "reordered", all -> all.add(3, all.get(2)));
    log.found(head, "a line left out", "missing", all -> all.remove(2));
    log.found(head, "the first line left out", "missing", List::removeFirst);
    log.found(head, "another log's line", "changed", all -> all.set(2, others.get(2)));
    log.found(head, "the last line cut", "cut", List::removeLast);
    log.found(head, "the whole log replaced", "replaced", all -> Collections.copy(all, others));
    log.found(head, "nothing left", "cut", List::clear);
    log.replace(lines.subList(0, LINES - 1));
    Ran unanchored = log.verify("");
    stage
        .report()
        .fact(
            "the last line cut, with no head: said that it cannot tell",
            unanchored.succeeded() && unanchored.out().contains("only with --head"),
            unanchored.out().lines().reduce("", (_, last) -> last));
    log.replace(lines);
    everyByte(stage, log, AuditHead.parse(head));
  }

  private static void everyByte(Stage stage, Log log, AuditHead head) throws IOException {
    Path file = log.files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    int missed = 0;
    try (MacKey key = AuditKey.parse(Files.readAllBytes(log.key()))) {
      AuditLog checked = new AuditLog(log.folder(), key, Clock.systemUTC());
      for (int i = 0; i < whole.length; i++) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) (1 << stage.random().nextInt(Byte.SIZE));
        Files.write(file, changed);
        missed += checked.verify(head) instanceof AuditVerdict.Intact ? 1 : 0;
      }
      Files.write(file, whole);
      missed += checked.verify(head) instanceof AuditVerdict.Intact ? 0 : 1;
    }
    stage
        .report()
        .fact(
            "one bit of each byte",
            missed == 0,
            "%d logs, %d missed".formatted(whole.length, missed));
  }

  /** An audit log of the command line. */
  private record Log(Stage stage, Path folder, Path key) {
    /** One to which some commands wrote. */
    static Log written(Stage stage, String name, String credential) throws Exception {
      Log made =
          new Log(stage, stage.folder().resolve(name), stage.folder().resolve(name + ".key"));
      Path home = stage.folder(name + "-home");
      Path store = home.resolve("credentials.cmstore");
      Program init =
          made.on(stage.credentials("init", "--store", store.toString()))
              .and("--new-key-file", home.resolve("owner.key").toString());
      var _ = init.run().output();
      for (int i = 1; i < LINES; i++) {
        var _ =
            made.on(stage.credentials("set", credential + i, "--scope", "global"))
                .and("--expires", "never", "--stdin", "--reason", "line " + i)
                .and("--store", store.toString())
                .and("--key-file", home.resolve("owner.key").toString())
                .run("a value".getBytes(UTF_8))
                .output();
      }
      return made;
    }

    private Program on(Program command) {
      return command.and("--audit-dir", folder.toString(), "--audit-key-file", key.toString());
    }

    Program command(String word) {
      return on(stage.credentials("audit", word));
    }

    /** With no head where it is empty. */
    Ran verify(String head) throws Exception {
      Program verify = command("verify");
      return (head.isEmpty() ? verify : verify.and("--head", head)).run();
    }

    List<Path> files() throws IOException {
      return new AuditLines(folder).files();
    }

    List<String> lines() throws IOException {
      List<String> lines = Files.readAllLines(files().getFirst());
      if (lines.size() != LINES || files().size() != 1) {
        throw new IOException("the log should have %d lines: %s".formatted(LINES, lines));
      }
      return lines;
    }

    void replace(List<String> lines) throws IOException {
      Files.write(files().getFirst(), lines);
    }

    /** Does something to the log, looks whether that is found, and undoes it. */
    void found(String head, String what, String fault, Consumer<List<String>> attack)
        throws Exception {
      List<String> good = lines();
      List<String> attacked = new ArrayList<>(good);
      attack.accept(attacked);
      replace(attacked);
      Ran verdict = verify(head);
      replace(good);
      stage
          .report()
          .fact(
              what,
              verdict.exitCode() == 1 && verdict.out().startsWith(fault + ":"),
              verdict.out().strip());
    }
  }
}
