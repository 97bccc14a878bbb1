package io.github.cachemesh.core.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.sarif.FingerprintMismatch.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * CodeQL's own files, without their sources: what can be told of them. The counts are those that jq
 * finds.
 */
class RealSarifTest {

  enum Real {
    CSHARP(
        "csharp-monorepo-sample", "2.20.5", "/language:csharp/", 50, 3, 1, new Extraction(1, 1, 0)),
    JAVA("java-altoroj", "2.11.0", "/language:java/", 61, 27, 28, new Extraction(28, 0, 0)),
    EMPTY(
        "javascript-empty-tag-sarif",
        "2.12.1",
        "/language:javascript/server/",
        86,
        31,
        5,
        new Extraction(5, 4, 0)),
    JUICE_SHOP("javascript-juice-shop", "2.9.2", null, 200, 24, 662, new Extraction(630, 0, 0)),
    PYTHON("python-demo", "2.19.3", "/language:python/", 40, 3, 7, new Extraction(7, 6, 0));

    private final String file;
    private final String version;
    private final String category;
    private final int rules;
    private final int packs;
    private final int artifacts;
    private final Extraction extraction;

    Real(
        String file,
        String version,
        String category,
        int rules,
        int packs,
        int artifacts,
        Extraction extraction) {
      this.file = file;
      this.version = version;
      this.category = category;
      this.rules = rules;
      this.packs = packs;
      this.artifacts = artifacts;
      this.extraction = extraction;
    }

    Map<Level, Integer> levels() {
      return switch (this) {
        case CSHARP -> Map.of(Level.WARNING, 1);
        case JAVA -> Map.of(Level.ERROR, 10);
        case EMPTY -> Map.of();
        case JUICE_SHOP -> Map.of(Level.ERROR, 82, Level.WARNING, 100, Level.NOTE, 240);
        case PYTHON -> Map.of(Level.ERROR, 2);
      };
    }

    Map<SecuritySeverity, Integer> severities() {
      return switch (this) {
        case CSHARP -> Map.of(SecuritySeverity.HIGH, 1);
        case JAVA -> Map.of(SecuritySeverity.HIGH, 7, SecuritySeverity.MEDIUM, 3);
        case EMPTY -> Map.of();
        case JUICE_SHOP ->
            Map.of(
                SecuritySeverity.CRITICAL,
                19,
                SecuritySeverity.HIGH,
                119,
                SecuritySeverity.MEDIUM,
                30);
        case PYTHON -> Map.of(SecuritySeverity.HIGH, 2);
      };
    }

    Path path() {
      return Path.of(System.getProperty("vectors.dir"), "sarif", file + ".sarif");
    }

    SarifScan read() throws IOException {
      assertThat(path()).as("the sample files lie beside the checkout").isReadable();
      return SarifReader.read(path(), SarifBounds.DEFAULT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileIsReadAndCounted(Real real) throws IOException {
    SarifScan scan = real.read();
    SarifRun run = scan.runs().getFirst();

    assertThat(scan.runs()).hasSize(1);
    assertThat(scan.bytes()).isEqualTo(Files.size(real.path()));
    assertThat(run.tool()).isEqualTo("CodeQL");
    assertThat(run.toolVersion()).hasValue(real.version);
    assertThat(run.category()).isEqualTo(Optional.ofNullable(real.category));
    assertThat(run.executionSuccessful()).isTrue();
    assertThat(run.incrementalMode()).isEmpty();
    assertThat(run.hasResults()).isTrue();
    assertThat(run.sizes().rules()).isEqualTo(real.rules);
    assertThat(run.packs()).hasSize(real.packs);
    assertThat(run.artifactPaths()).hasSize(real.artifacts);
    assertThat(run.extraction()).hasValue(real.extraction);
    assertThat(scan.byLevel()).isEqualTo(real.levels());
    assertThat(scan.bySecuritySeverity()).isEqualTo(real.severities());
    assertThat(scan.resultsCount())
        .isEqualTo(real.levels().values().stream().mapToInt(Integer::intValue).sum());
  }

  @ParameterizedTest
  @EnumSource
  void fileIsWithinGitHubsLimits(Real real) throws IOException {
    assertThat(
            SarifLimits.exceeded(
                real.read(), SampleSarif.gzip(Files.readAllBytes(real.path())).length))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyFingerprintIsALineHash(Real real) throws IOException {
    assertThat(real.read().results())
        .allSatisfy(
            result -> {
              assertThat(result.fingerprint()).isInstanceOf(LineHash.class);
              assertThat(result.startLine()).isPositive();
              assertThat(result.locations()).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @EnumSource
  void resultsOfALineShareItsFingerprint(Real real) throws IOException {
    Map<List<Object>, Fingerprint> ofLine = new HashMap<>();

    assertThat(real.read().results())
        .allSatisfy(
            result ->
                assertThat(result.fingerprint())
                    .isEqualTo(
                        ofLine.computeIfAbsent(
                            List.of(result.path(), result.startLine()),
                            _ -> result.fingerprint())));
  }

  @ParameterizedTest
  @EnumSource
  void withoutSourcesNothingIsVerified(Real real) throws IOException {
    SarifScan scan = real.read();

    assertThat(Fingerprints.mismatches(scan, _ -> Optional.empty()))
        .hasSize(scan.resultsCount())
        .allMatch(mismatch -> mismatch.kind() == Kind.NO_FILE);
  }
}
