package io.github.cachemesh.core.sarif;

import static io.github.cachemesh.core.sarif.SampleSarif.TOOL;
import static io.github.cachemesh.core.sarif.SampleSarif.log;
import static io.github.cachemesh.core.sarif.SampleSarif.read;
import static io.github.cachemesh.core.sarif.SampleSarif.repeat;
import static io.github.cachemesh.core.sarif.SampleSarif.results;
import static io.github.cachemesh.core.sarif.SampleSarif.run;
import static io.github.cachemesh.core.sarif.SampleSarif.withResults;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class SarifLimitsTest {

  static final Arguments[] limits = {
    limit("runs", 20, n -> log(repeat(n, run(TOOL)))),
    limit("results in a run", 25_000, n -> withResults(repeat(n, "{'ruleId': 'r'}"))),
    limit("rules in a run", 25_000, n -> rules(repeat(n, "{}"))),
    limit("tags of a rule", 20, n -> rules("{'properties': {'tags': [%s]}}", n, "'t'")),
    limit(
        "tool extensions in a run",
        100,
        n -> log(run("'tool': {'driver': {}, 'extensions': [" + repeat(n, "{}") + "]}"))),
    limit("locations of a result", 1_000, n -> result("'locations': [%s]", n)),
    limit(
        "thread flow locations of a result",
        10_000,
        n -> result("'codeFlows': [{'threadFlows': [{'locations': [%s]}]}]", n))
  };

  private static Arguments limit(String what, int most, IntFunction<String> file) {
    return Arguments.argumentSet(what, what, most, file);
  }

  private static String rules(String format, int count, String element) {
    return rules(format.formatted(repeat(count, element)));
  }

  private static String rules(String rules) {
    return log(run("'tool': {'driver': {'rules': [" + rules + "]}}"));
  }

  private static String result(String format, int count) {
    String members = format.formatted(repeat(count, "{}"));
    return log(run(TOOL, results("{'ruleId': 'r', " + members + "}")));
  }

  @ParameterizedTest
  @FieldSource("limits")
  void oneMoreThanGitHubTakesIsTooMany(String what, int most, IntFunction<String> file)
      throws IOException {
    assertThat(SarifLimits.exceeded(read(file.apply(most)), 1)).isEmpty();
    assertThat(SarifLimits.exceeded(read(file.apply(most + 1)), 1).orElseThrow())
        .contains(what, Integer.toString(most), Integer.toString(most + 1));
  }

  @Test
  void fileIsLimitedAsItIsUploaded() throws IOException {
    SarifScan scan = read(withResults());

    assertThat(SarifLimits.exceeded(scan, 10_000_000)).isEmpty();
    assertThat(SarifLimits.exceeded(scan, 10_000_001).orElseThrow()).contains("bytes of gzip");
  }
}
