package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.e2e.Report;
import io.github.cachemesh.e2e.Trees;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Shows what the credential store, its service and its audit log withstand, part by part. Exits
 * with 1 when anything is otherwise than it must be.
 */
final class Show {
  private Show() {}

  /** The parts, in order, by their names. */
  private static Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("age", new AgeProgram());
    parts.put("keyring", new SecretService());
    parts.put("migration", new Migration());
    parts.put("attacks", new StoreAttacks());
    parts.put("bytes", new EveryByte());
    parts.put("writers", new KilledWriters());
    parts.put("audit", new AuditAttacks());
    parts.put("denials", new Denials());
    parts.put("replays", new Replays());
    parts.put("proxy", new BehindProxy());
    parts.put("replicas", new Replicas());
    parts.put("tokens", new MintedTokens());
    parts.put("runners", new Runners());
    return parts;
  }

  /**
   * Runs them.
   *
   * @param args the seed, then the names of the parts, by default all
   */
  public static void main(String... args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long seed = Long.parseLong(args[0]);
    List<String> names = Arrays.asList(args).subList(1, args.length);
    Map<String, Part> parts = parts();
    names.stream()
        .filter(name -> !parts.containsKey(name))
        .forEach(
            name -> {
              throw new IllegalArgumentException(
                  "there is no part %s; there are %s".formatted(name, parts.keySet()));
            });
    out.printf("seed %d%n", seed);
    Report report = new Report(out);
    Path folder = Files.createTempDirectory("cachemesh-credentials");
    try {
      for (Map.Entry<String, Part> part : parts.entrySet()) {
        String name = part.getKey();
        if (names.isEmpty() || names.contains(name)) {
          Path own = Files.createDirectory(folder.resolve(name));
          long started = System.nanoTime();
          show(part.getValue(), new Stage(own, report, new Random(seed)));
          report.note("%s: %.1f s".formatted(name, (System.nanoTime() - started) / 1e9));
        }
      }
    } finally {
      Trees.delete(folder);
    }
    out.printf("%n%d passed, %d failed%n", report.shown() - report.wrong(), report.wrong());
    System.exit(report.wrong() == 0 ? 0 : 1);
  }

  private static void show(Part part, Stage stage) {
    try {
      part.show(stage);
    } catch (Exception e) {
      stage.report().fact("the part comes to its end", false, e.toString());
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      stage.report().note(trace.toString());
    }
  }
}
