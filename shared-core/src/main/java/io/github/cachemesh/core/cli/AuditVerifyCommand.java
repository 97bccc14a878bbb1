package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditHead;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditVerdict;
import io.github.cachemesh.core.audit.AuditVerdict.Broken;
import io.github.cachemesh.core.audit.AuditVerdict.Intact;
import io.github.cachemesh.core.envelope.MacKey;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description =
        "Check that no line of the log was changed, removed, moved or replaced, and with --head"
            + " that its end was not cut. Exits with 1 when something was done to it.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh credentials audit verify --head 42:9f86d081884c7d65...")
final class AuditVerifyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--head",
      paramLabel = "SEQ:MAC",
      description = "A head of the log that was kept elsewhere.")
  @Nullable String head;

  @Option(names = "--json", description = "As a JSON object.")
  boolean json;

  @Mixin final AuditOptions audit = new AuditOptions();

  AuditVerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    AuditHead anchor = anchor();
    try (MacKey key = audit.key(surroundings)) {
      AuditVerdict verdict =
          new AuditLog(audit.folder(surroundings), key, surroundings.clock()).verify(anchor);
      surroundings.out().println(json ? JsonText.of(properties(verdict)) : text(verdict));
      return verdict instanceof Intact ? 0 : 1;
    }
  }

  private AuditHead anchor() {
    try {
      return head == null ? AuditHead.START : AuditHead.parse(head);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--head: " + e.getMessage());
    }
  }

  private static String text(AuditVerdict verdict) {
    return switch (verdict) {
      case Intact(AuditHead last, boolean anchored) ->
          new Table()
              .row("intact", last.seq() + " lines")
              .row("head", last)
              .row(
                  "end",
                  anchored
                      ? "not cut before the head"
                      : "whether it was cut shows only with --head")
              .toString()
              .stripTrailing();
      case Broken broken -> "%s: %s".formatted(word(broken), broken.message());
    };
  }

  private static Map<String, Object> properties(AuditVerdict verdict) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("intact", verdict instanceof Intact);
    switch (verdict) {
      case Intact(AuditHead last, boolean anchored) -> {
        properties.put("lines", last.seq());
        properties.put("head", last.toString());
        properties.put("anchored", anchored);
      }
      case Broken broken -> {
        properties.put("fault", word(broken));
        properties.put("line", broken.seq());
        properties.put("message", broken.message());
      }
    }
    return properties;
  }

  private static String word(Broken broken) {
    return broken.fault().name().toLowerCase(Locale.ROOT);
  }
}
