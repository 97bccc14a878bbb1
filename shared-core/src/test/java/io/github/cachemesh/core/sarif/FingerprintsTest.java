package io.github.cachemesh.core.sarif;

import static io.github.cachemesh.core.sarif.SampleSarif.read;
import static io.github.cachemesh.core.sarif.SampleSarif.result;
import static io.github.cachemesh.core.sarif.SampleSarif.withResults;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.sarif.FingerprintMismatch.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  private static final String TEXT = "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n";
  private static final String THIRD = "1131fd5871777f34:1";

  @Test
  void fingerprintOfTheLineMatches() throws IOException {
    assertThat(mismatches(Map.of("a.py", TEXT), result("r", "a.py", 3, THIRD))).isEmpty();
  }

  @Test
  void changedLineIsAMismatch() throws IOException {
    assertThat(
            mismatches(Map.of("a.py", TEXT.replace("print", "p")), result("r", "a.py", 3, THIRD)))
        .singleElement()
        .satisfies(
            mismatch -> {
              assertThat(mismatch.kind()).isEqualTo(Kind.DIFFERENT);
              assertThat(mismatch.path()).isEqualTo("a.py");
              assertThat(mismatch.line()).isEqualTo(3);
              assertThat(mismatch.recorded()).isEqualTo(THIRD);
              assertThat(mismatch.computed()).matches("[0-9a-f]+:1").isNotEqualTo(THIRD);
            });
  }

  @Test
  void otherOccurrenceIsAMismatch() throws IOException {
    assertThat(kinds(result("r", "a.py", 3, THIRD.replace(":1", ":2"))))
        .containsExactly(Kind.DIFFERENT);
  }

  @Test
  void whatCannotBeVerifiedIsAMismatch() throws IOException {
    assertThat(kinds(result("r", "b.py", 3, THIRD))).containsExactly(Kind.NO_FILE);
    assertThat(kinds("{'ruleId': 'r'}")).containsExactly(Kind.NO_FILE);
    assertThat(kinds(result("r", "a.py", 9, THIRD))).containsExactly(Kind.NO_LINE);
    assertThat(kinds(result("r", "a.py", 3, "anything"))).containsExactly(Kind.DIFFERENT);
    assertThat(
            kinds(
                "{'ruleId': 'r', 'locations': [{'physicalLocation': {'artifactLocation': {'uri':"
                    + " 'a.py'}, 'region': {'startLine': 3}}}]}"))
        .containsExactly(Kind.NOT_RECORDED);
  }

  @Test
  void fileOfTooManyLinesIsAMismatch() throws IOException {
    String text = "\n".repeat(LineHashes.MAX_LINES);

    assertThat(mismatches(Map.of("a.py", text), result("r", "a.py", 3, THIRD)))
        .extracting(FingerprintMismatch::kind)
        .containsExactly(Kind.TOO_LONG);
  }

  @Test
  void alertOfAWholeFileHasTheHashOfItsFirstLine() throws IOException {
    assertThat(
            kinds(
                "{'ruleId': 'r', 'locations': [{'physicalLocation': {'artifactLocation': {'uri':"
                    + " 'a.py'}}}], 'partialFingerprints': {'primaryLocationLineHash':"
                    + " 'e54938cc54b302f1:1'}}"))
        .isEmpty();
  }

  @Test
  void fileIsReadOnceAndClosed() throws IOException {
    List<String> events = new ArrayList<>();
    Sources sources =
        path -> {
          events.add("open " + path);
          return Optional.of(
              new ByteArrayInputStream(TEXT.getBytes(UTF_8)) {
                @Override
                public void close() {
                  events.add("close " + path);
                }
              });
        };
    SarifScan scan =
        read(
            withResults(
                result("r", "b", 3, THIRD),
                result("r", "a", 3, THIRD),
                result("s", "b", 3, THIRD)));

    assertThat(Fingerprints.mismatches(scan, sources)).isEmpty();
    assertThat(events).containsExactly("open a", "close a", "open b", "close b");
  }

  @Test
  void printedMismatchTellsNoAlert() throws IOException {
    assertThat(mismatches(Map.of(), result("js/xss", "secret.js", 3, THIRD)).toString())
        .doesNotContain("secret", "xss", THIRD);
  }

  private static List<Kind> kinds(String result) throws IOException {
    return mismatches(Map.of("a.py", TEXT), result).stream()
        .map(FingerprintMismatch::kind)
        .toList();
  }

  private static List<FingerprintMismatch> mismatches(Map<String, String> files, String result)
      throws IOException {
    return Fingerprints.mismatches(
        read(withResults(result)),
        path -> Optional.ofNullable(files.get(path)).map(FingerprintsTest::open));
  }

  private static InputStream open(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
