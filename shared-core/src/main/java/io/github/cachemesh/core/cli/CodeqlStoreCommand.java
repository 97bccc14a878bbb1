package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.codeql.Origin;
import io.github.cachemesh.core.codeql.OriginalScans;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.codeql.ScanKey;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoredScan;
import io.github.cachemesh.core.codeql.Verification;
import io.github.cachemesh.core.git.DenyPatterns;
import io.github.cachemesh.core.sarif.CheckedOutFiles;
import io.github.cachemesh.core.sarif.Fingerprints;
import io.github.cachemesh.core.sarif.SarifLimits;
import io.github.cachemesh.core.sarif.SarifRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "store",
    description = {
      "Store the SARIF of a scan, sealed, once it is verified against the checkout.",
      "A result that GitHub has no analysis of never lets the action skip a scan."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  cachemesh codeql store results/python.sarif --ref refs/heads/main --run-id 1 \\",
      "    --duration-seconds 240 --repository-id 1296269 --runner Linux/X64 \\",
      "    --workflow .github/workflows/codeql.yml --job analyze --step cache \\",
      "    --input languages=python --input codeql-version=2.25.6"
    })
final class CodeqlStoreCommand implements Callable<Integer> {
  private static final long ORIGINAL_TTL_SECONDS = Duration.ofHours(24).toSeconds();

  private final Surroundings surroundings;

  @Parameters(paramLabel = "SARIF", description = "The scan's file, plain or gzip.")
  Path file = Path.of("");

  @Mixin final ScanOptions scan = new ScanOptions();
  @Mixin final ScanStoreOptions store = new ScanStoreOptions();

  @Option(
      names = "--ref",
      paramLabel = "REF",
      required = true,
      description = "The ref that was scanned, such as refs/heads/main.")
  String ref = "";

  @Option(
      names = "--event",
      paramLabel = "NAME",
      description = "The event that started the scan's run; push unless given.")
  String event = "push";

  @Option(
      names = "--run-id",
      paramLabel = "N",
      required = true,
      description = "The run that scanned.")
  long runId;

  @Option(names = "--run-attempt", paramLabel = "N", description = "Its attempt; 1 unless given.")
  int runAttempt = 1;

  @Option(
      names = "--duration-seconds",
      paramLabel = "N",
      required = true,
      description = "How long the scan took.")
  long durationSeconds;

  @Option(
      names = "--export-original",
      paramLabel = "DIR",
      description =
          "Write an entry file of the Python original there too: counts, no alerts; needs"
              + " --repository.")
  @Nullable Path originalFolder;

  @Option(
      names = "--repository",
      paramLabel = "OWNER/NAME",
      description = "The repository, for --export-original.")
  @Nullable String repository;

  CodeqlStoreCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, DescribedScan.RefusedException {
    if ((originalFolder == null) != (repository == null)) {
      throw CommandFailure.usage("--export-original DIR and --repository OWNER/NAME go together");
    }
    if (durationSeconds < 0) {
      throw CommandFailure.usage("--duration-seconds " + durationSeconds + ": write 0 or more");
    }
    ScanStore opened = store.open(surroundings);
    DescribedScan described =
        DescribedScan.of(scan, store.repositoryId(surroundings), surroundings);
    SarifFile sarif = SarifFile.read(file);
    StoredScan stored = stored(described, sarif);
    Optional<Refusal> refusal =
        Verification.judge(
            stored,
            sarif.sha256(),
            sarif.scan(),
            SarifLimits.exceeded(sarif.scan(), sarif.gzipped().length),
            Fingerprints.mismatches(
                sarif.scan(),
                CheckedOutFiles.of(scan.checkout, described.settings().sourceRoot())));
    if (refusal.isPresent()) {
      throw new DescribedScan.RefusedException(refusal.get());
    }
    opened.put(stored, sarif.gzipped());
    surroundings.out().println("stored " + stored.key().hex() + " in " + store.folder);
    if (originalFolder != null && repository != null) {
      export(stored, repository, originalFolder);
    }
    return 0;
  }

  private StoredScan stored(DescribedScan described, SarifFile sarif) {
    Optional<ScanKey> projected = described.scan().projected();
    Optional<SarifRun> run = sarif.scan().runs().stream().findFirst();
    boolean dropped =
        Verification.listsDroppedFile(
            sarif.scan(),
            DenyPatterns.of(described.settings().ignoreChanges()),
            described.settings().sourceRoot());
    return new StoredScan(
        described.scan().key(),
        dropped ? Optional.empty() : projected.map(ScanKey::hex),
        new Origin(
            described.site().repositoryId(),
            described.clean().commit(),
            described.clean().tree(),
            ref,
            event,
            runId,
            runAttempt,
            described.site().analysisKey(),
            described.site().matrix(),
            OptionalInt.empty()),
        described.category(),
        described.settings().toolsVersion(),
        sarif.sha256(),
        sarif.scan().resultsCount(),
        sarif.scan().bySeverity(),
        Duration.ofSeconds(durationSeconds),
        surroundings.clock().instant(),
        Optional.empty(),
        run.flatMap(SarifRun::extraction));
  }

  /** The key stands for the configuration, which the original hashes too. */
  private void export(StoredScan stored, String ofRepository, Path folder) throws IOException {
    OriginalScans.Entry entry =
        OriginalScans.Entry.of(
            stored,
            ofRepository,
            stored.key().hex(),
            scan.list("languages").stream().findFirst().orElse(""),
            ORIGINAL_TTL_SECONDS);
    Path written = OriginalScans.write(entry, folder, surroundings.clock().instant());
    surroundings.out().println("wrote " + written);
  }
}
