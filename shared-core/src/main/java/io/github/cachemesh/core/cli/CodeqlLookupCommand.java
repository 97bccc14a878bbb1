package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.codeql.Component;
import io.github.cachemesh.core.codeql.CorruptEntryException;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.codeql.ScanKey;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoreLookup;
import io.github.cachemesh.core.codeql.StoredScan;
import io.github.cachemesh.core.codeql.Verification;
import io.github.cachemesh.core.sarif.CheckedOutFiles;
import io.github.cachemesh.core.sarif.Fingerprints;
import io.github.cachemesh.core.sarif.InvalidSarifException;
import io.github.cachemesh.core.sarif.SarifLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lookup",
    description = {
      "Say whether a verified result of a scan is stored, or the reason why not; exits with 1"
          + " then.",
      "GitHub is not asked, whose record alone lets the action skip a scan."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  cachemesh codeql lookup --repository-id 1296269 --runner Linux/X64 \\",
      "    --workflow .github/workflows/codeql.yml --job analyze --step cache \\",
      "    --input languages=python --input codeql-version=2.25.6"
    })
final class CodeqlLookupCommand implements Callable<Integer> {
  private static final Duration DEFAULT_TTL = Duration.ofHours(24);

  private final Surroundings surroundings;

  @Mixin final ScanOptions scan = new ScanOptions();
  @Mixin final ScanStoreOptions store = new ScanStoreOptions();

  @Option(
      names = "--cache-ttl",
      paramLabel = "SECONDS",
      description = "As the action's input; 86400 unless given.")
  long ttlSeconds = DEFAULT_TTL.toSeconds();

  @Option(names = "--json", description = "As a JSON object.")
  boolean json;

  CodeqlLookupCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    ScanStore opened = store.open(surroundings);
    try {
      DescribedScan described =
          DescribedScan.of(scan, store.repositoryId(surroundings), surroundings);
      return switch (opened.find(described.scan(), Optional.empty())) {
        case StoreLookup.Found(StoredScan stored, boolean projected) ->
            wrong(opened, stored, described)
                .map(this::refuse)
                .orElseGet(() -> found(stored, projected));
        case StoreLookup.Corrupt(String file, String detail) ->
            refuse(new Refusal(Reason.CORRUPT_ENTRY, file + " " + detail));
        case StoreLookup.Absent(Optional<ScanKey> nearest) ->
            refuse(absent(described.scan().key(), nearest));
      };
    } catch (DescribedScan.RefusedException e) {
      return refuse(e.refusal());
    }
  }

  private Optional<Refusal> wrong(ScanStore opened, StoredScan stored, DescribedScan described)
      throws IOException {
    if (stored.partial().isPresent()) {
      return Optional.of(new Refusal(Reason.PARTIAL, "the results are those of a change only"));
    }
    if (stored.storedAt().plusSeconds(ttlSeconds).isBefore(surroundings.clock().instant())) {
      return Optional.of(new Refusal(Reason.EXPIRED, "it was stored at " + stored.storedAt()));
    }
    try {
      SarifFile sarif = SarifFile.ofGzip(opened.sarif(stored));
      return Verification.judge(
          stored,
          sarif.sha256(),
          sarif.scan(),
          SarifLimits.exceeded(sarif.scan(), sarif.gzipped().length),
          Fingerprints.mismatches(
              sarif.scan(), CheckedOutFiles.of(scan.checkout, described.settings().sourceRoot())));
    } catch (CorruptEntryException e) {
      return Optional.of(new Refusal(Reason.CORRUPT_ENTRY, String.valueOf(e.getMessage())));
    } catch (InvalidSarifException e) {
      return Optional.of(new Refusal(Reason.INVALID_SARIF, String.valueOf(e.getMessage())));
    }
  }

  private static Refusal absent(ScanKey key, Optional<ScanKey> nearest) {
    if (nearest.isEmpty()) {
      return new Refusal(Reason.NOT_STORED, "nothing of this category is stored");
    }
    List<Component> differences = nearest.get().differences(key);
    return new Refusal(
        differences.isEmpty() ? Reason.NOT_STORED : differences.getFirst().whenChanged(),
        differences.stream().map(Component::word).collect(Collectors.joining(", "))
            + " of the nearest stored result differ; cachemesh codeql explain --nearest shows how");
  }

  private int refuse(Refusal refusal) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("stored", false);
    properties.put("reason", refusal.reason().word());
    properties.put("detail", refusal.detail());
    surroundings
        .out()
        .println(
            json
                ? JsonText.of(properties)
                : new Table()
                    .row("stored", "no")
                    .row("reason", refusal.reason().word())
                    .row("detail", refusal.detail())
                    .toString()
                    .stripTrailing());
    return 1;
  }

  private int found(StoredScan stored, boolean projected) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("stored", true);
    properties.put("projected", projected);
    properties.put("authorised", false);
    properties.putAll(CodeqlListCommand.properties(stored));
    surroundings
        .out()
        .println(
            json
                ? JsonText.of(properties)
                : new Table()
                    .row("stored", projected ? "yes, but for ignored changes" : "yes, verified")
                    .row("key", stored.key().hex())
                    .row("commit", stored.origin().commit())
                    .row("stored at", stored.storedAt())
                    .row("saves", Amounts.time(stored.duration()))
                    .toString()
                    .stripTrailing());
    surroundings
        .err()
        .println(
            "cachemesh: GitHub was not asked: only its record of that commit's analysis lets the"
                + " action skip a scan");
    return 0;
  }
}
