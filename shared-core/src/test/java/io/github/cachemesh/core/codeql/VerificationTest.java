package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.git.DenyPatterns;
import io.github.cachemesh.core.sarif.FingerprintMismatch;
import io.github.cachemesh.core.sarif.SarifRun;
import io.github.cachemesh.core.sarif.SarifScan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private static final String SHA256 = "f".repeat(64);

  private static Optional<Reason> judge(String sha256, SarifScan sarif) {
    return Verification.judge(Samples.stored(), sha256, sarif, Optional.empty(), List.of())
        .map(Refusal::reason);
  }

  @Test
  void whatWasStoredIsRight() {
    assertThat(judge(SHA256, Samples.sarif(Samples.run()))).isEmpty();
  }

  @Test
  void otherBytesAreCorrupt() {
    assertThat(judge("0".repeat(64), Samples.sarif(Samples.run()))).contains(Reason.CORRUPT_ENTRY);
  }

  @Test
  void otherNumberOfResultsIsCorrupt() {
    assertThat(judge(SHA256, Samples.sarif(Samples.run(List.of())))).contains(Reason.CORRUPT_ENTRY);
  }

  @Test
  void otherCategoryIsRefused() {
    SarifRun run = Samples.run();
    SarifRun other =
        Samples.run(
            run.tool(), Optional.of("/x/"), true, Optional.empty(), List.of(), run.results());
    assertThat(judge(SHA256, Samples.sarif(other))).contains(Reason.CATEGORY);
  }

  @Test
  void partialSarifOfAFullEntryIsRefused() {
    SarifRun run = Samples.run();
    SarifRun partial =
        Samples.run(
            run.tool(),
            run.category(),
            true,
            Optional.of("diff-informed"),
            List.of(),
            run.results());
    assertThat(judge(SHA256, Samples.sarif(partial))).contains(Reason.PARTIAL);
  }

  @Test
  void oneMismatchedFingerprintIsEnough() {
    FingerprintMismatch mismatch =
        new FingerprintMismatch("x.js", 1, FingerprintMismatch.Kind.NO_FILE, "a:1", "");
    assertThat(
            Verification.judge(
                    Samples.stored(),
                    SHA256,
                    Samples.sarif(Samples.run()),
                    Optional.empty(),
                    List.of(mismatch))
                .map(Refusal::reason))
        .contains(Reason.FINGERPRINT_MISMATCH);
  }

  @Test
  void limitsOfTheUploadHold() {
    assertThat(
            Verification.judge(
                    Samples.stored(),
                    SHA256,
                    Samples.sarif(Samples.run()),
                    Optional.of("21 runs"),
                    List.of())
                .map(Refusal::reason))
        .contains(Reason.LIMITS);
  }

  @Test
  void droppedFilesAreFoundAmongThoseThatTheSarifLists() {
    SarifScan sarif = Samples.sarif(Samples.run());
    assertThat(Verification.listsDroppedFile(sarif, DenyPatterns.of(List.of("*.md")), ""))
        .isFalse();
    assertThat(Verification.listsDroppedFile(sarif, DenyPatterns.of(List.of("page.js")), ""))
        .isTrue();
    assertThat(
            Verification.listsDroppedFile(
                sarif, DenyPatterns.of(List.of("web/src/*.js")), "./web/"))
        .isTrue();
  }
}
