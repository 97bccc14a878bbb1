package io.github.cachemesh.core.sarif;

import static io.github.cachemesh.core.sarif.SampleSarif.SUCCESS;
import static io.github.cachemesh.core.sarif.SampleSarif.TOOL;
import static io.github.cachemesh.core.sarif.SampleSarif.log;
import static io.github.cachemesh.core.sarif.SampleSarif.read;
import static io.github.cachemesh.core.sarif.SampleSarif.result;
import static io.github.cachemesh.core.sarif.SampleSarif.results;
import static io.github.cachemesh.core.sarif.SampleSarif.run;
import static io.github.cachemesh.core.sarif.SampleSarif.withResults;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScanDifferenceTest {
  private static final String A = result("js/xss", "a.js", 1, "a:1");
  private static final String B = result("js/xss", "b.js", 1, "a:1");

  @Test
  void equalScansDoNotDifferInWhateverOrder() throws IOException {
    assertThat(between(withResults(A, B), withResults(B, A)).isEmpty()).isTrue();
  }

  @Test
  void resultsMayMoveBetweenRuns() throws IOException {
    String runs = log(run(TOOL, SUCCESS, results(A)), run(TOOL, SUCCESS, results(B)));

    assertThat(between(withResults(A, B), runs).isEmpty()).isTrue();
  }

  @Test
  void eachSideHasItsOwn() throws IOException {
    String c = result("js/note", "a.js", 1, "a:1");

    ScanDifference difference = between(withResults(A, B), withResults(A, c));

    assertThat(difference.isEmpty()).isFalse();
    assertThat(difference.onlyInFirst())
        .containsExactly(new ResultIdentity("js/xss", "b.js", "a:1"));
    assertThat(difference.onlyInSecond())
        .containsExactly(new ResultIdentity("js/note", "a.js", "a:1"));
  }

  @Test
  void equalResultsAreCounted() throws IOException {
    assertThat(between(withResults(A, A, A), withResults(A)).onlyInFirst()).hasSize(2);
  }

  @Test
  void lineAloneMakesNoDifference() throws IOException {
    assertThat(between(withResults(A), withResults(result("js/xss", "a.js", 9, "a:1"))).isEmpty())
        .isTrue();
  }

  @Test
  void fingerprintAloneMakesADifference() throws IOException {
    assertThat(between(withResults(A), withResults(result("js/xss", "a.js", 1, "a:2"))).isEmpty())
        .isFalse();
  }

  @Test
  void partIsContained() throws IOException {
    assertThat(Containment.missing(read(withResults(A)), read(withResults(A, B)))).isEmpty();
    assertThat(Containment.missing(read(withResults()), read(withResults()))).isEmpty();
  }

  @Test
  void whatTheWholeLacksIsMissing() throws IOException {
    assertThat(Containment.missing(read(withResults(A, B)), read(withResults(A))))
        .containsExactly(new ResultIdentity("js/xss", "b.js", "a:1"));
    assertThat(Containment.missing(read(withResults(A, A)), read(withResults(A)))).hasSize(1);
  }

  @Test
  void encodedPathIsTheSamePath() throws IOException {
    String plain = withResults(result("r", "a b.js", 1, "a:1"));
    String encoded = withResults(result("r", "a%20b.js", 1, "a:1"));

    assertThat(Containment.missing(read(encoded), read(plain))).isEmpty();
  }

  private static ScanDifference between(String first, String second) throws IOException {
    return ScanDifference.between(read(first), read(second));
  }
}
