package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditEntry;
import io.github.cachemesh.core.audit.AuditVerdict;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "List the log's last lines. Exits with 1 when something was done to it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials audit list",
      "  cachemesh credentials audit list --last 500"
    })
final class AuditListCommand implements Callable<Integer> {
  private static final int MAX_LAST = 100_000;

  private final Surroundings surroundings;

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "How many lines, 1 to 100,000; 50 unless given.")
  int last = 50;

  @Option(names = "--json", description = "As a JSON array.")
  boolean json;

  @Mixin final AuditOptions audit = new AuditOptions();

  AuditListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (last < 1 || last > MAX_LAST) {
      throw CommandFailure.usage("--last %d: write 1 to %d".formatted(last, MAX_LAST));
    }
    Deque<AuditEntry> entries = new ArrayDeque<>();
    AuditVerdict verdict =
        AuditReading.read(
            audit,
            surroundings,
            entry -> {
              entries.add(entry);
              if (entries.size() > last) {
                entries.remove();
              }
            });
    if (json) {
      surroundings
          .out()
          .println(JsonText.of(entries.stream().map(AuditListCommand::properties).toList()));
    } else {
      surroundings.out().print(table(entries));
    }
    return AuditReading.exitCode(verdict);
  }

  private static Table table(Iterable<AuditEntry> entries) {
    Table table = new Table().row("LINE", "AT", "ACTION", "OUTCOME", "WHAT", "WHO", "WHY");
    for (AuditEntry entry : entries) {
      table.row(
          entry.seq(),
          entry.at().truncatedTo(ChronoUnit.SECONDS),
          entry.event().action().word(),
          entry.event().outcome().word(),
          entry.event().what(),
          entry.event().who(),
          entry.event().why());
    }
    return table;
  }

  private static Map<String, Object> properties(AuditEntry entry) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("seq", entry.seq());
    properties.put("at", entry.at().toString());
    properties.put("action", entry.event().action().word());
    properties.put("who", entry.event().who());
    properties.put("what", entry.event().what());
    properties.put("why", entry.event().why());
    properties.put("outcome", entry.event().outcome().word());
    return properties;
  }
}
