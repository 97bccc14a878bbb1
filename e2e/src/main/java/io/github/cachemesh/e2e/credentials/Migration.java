package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A store of the Python original, written by Python's own cryptography, is taken over. */
final class Migration implements Part {
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");
  private static final double PAST = 1_700_000_000.25;
  private static final double FUTURE = 4_000_000_000.5;

  private static Map<String, @Nullable Object> record(
      String name, String value, String scope, String filter, @Nullable Object expires) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("name", name);
    record.put("value", value);
    record.put("scope", scope);
    record.put("scope_filter", filter.isEmpty() ? null : filter);
    record.put("expires_at", expires);
    return record;
  }

  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("A store of the Python original");
    String lines = "-----BEGIN KEY-----\nfirst\r\n  second 雪\n-----END KEY-----\n";
    Map<String, String> values = new LinkedHashMap<>();
    values.put("EVERYWHERE", "a global value");
    values.put("OF_A_REPOSITORY", lines);
    values.put("OF_A_RUNNER", "x".repeat(70_000));
    List<Map<String, @Nullable Object>> records =
        List.of(
            record("EVERYWHERE", "a global value", "global", "", null),
            record("OF_A_REPOSITORY", lines, "repo", "octo-org/repo-1", FUTURE),
            record("OF_A_RUNNER", "x".repeat(70_000), "runner", "runner-7", "2096-10-02T07:06:40"),
            record("PAST", "no more", "global", "", PAST),
            record("OF_A_TEAM", "nobody's", "team", "a-team", null));
    Path original = stage.folder().resolve("original");
    var _ =
        Program.of(PYTHON, Path.of("e2e/credentials/original.py").toAbsolutePath().toString())
            .and(original.toString())
            .run(JsonMapper.shared().writeValueAsBytes(records))
            .output();
    Path sealed = original.resolve("credentials.json.enc");
    byte[] before = Files.readAllBytes(sealed);
    StoreCli store = StoreCli.init(stage, "store");
    Program taking = store.command("import", "--original", sealed.toString());

    Files.write(sealed, changed(before));
    Ran damaged = taking.run();
    stage
        .report()
        .fact(
            "a changed one is refused",
            damaged.refusedFor("credentials.json.enc"),
            damaged.brief());
    Files.write(sealed, before);

    Ran taken = taking.run();
    stage
        .report()
        .fact(
            "what has no place is named, the rest is taken over",
            taken.exitCode() == 1
                && taken.err().contains("OF_A_TEAM")
                && taken.out().contains("took over 4"),
            taken.brief());
    for (Map.Entry<String, String> value : values.entrySet()) {
      String found = store.get(value.getKey()).out();
      stage
          .report()
          .fact(value.getKey(), found.equals(value.getValue()), found.length() + " characters");
    }
    Ran past = store.get("PAST");
    stage.report().fact("what had expired stays so", past.refusedFor("expired"), past.brief());
    String listed = store.listed();
    stage
        .report()
        .fact(
            "scopes and expiry are those of the original",
            listed.contains("repo:octo-org/repo-1")
                && listed.contains("runner:runner-7")
                && listed.contains("2096-10-02T07:06:40Z"),
            "");
    Ran again = taking.run();
    stage
        .report()
        .fact("a second time: nothing is overwritten", again.refusedFor("already"), again.brief());
    stage
        .report()
        .fact("the original is as it was", Arrays.equals(before, Files.readAllBytes(sealed)), "");
    boolean inClear =
        new String(Files.readAllBytes(store.file()), UTF_8).contains("a global value");
    stage.report().fact("nothing is in clear", !inClear, "");
  }

  private static byte[] changed(byte[] sealed) {
    byte[] changed = sealed.clone();
    changed[changed.length / 2] ^= 1;
    return changed;
  }
}
