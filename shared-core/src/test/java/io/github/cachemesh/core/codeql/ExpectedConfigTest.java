package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of codeql-action's {@code generateCodeScanningConfig} and {@code combineQueries}. */
class ExpectedConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~|~~|~~|~~| {}",
        "paths: [a]|~~|~~|~~| {\"paths\":[\"a\"]}",
        "queries: [{uses: ./f}]|~~|~~|~~| {\"queries\":[{\"uses\":\"./f\"}]}",
        "queries: [{uses: ./f}]|x|~~|~~| {\"queries\":[{\"uses\":\"x\"}]}",
        "queries: [{uses: ./f}]|+x, y|~~|~~|"
            + " {\"queries\":[{\"uses\":\"x\"},{\"uses\":\"y\"},{\"uses\":\"./f\"}]}",
        "queries: [{uses: ./f}]|+x|~~|p| {\"queries\":[{\"uses\":\"p\"}]}",
        "queries: [{uses: ./f}]|x|~~|+p| {\"queries\":[{\"uses\":\"p\"},{\"uses\":\"x\"}]}",
        "queries: [{uses: ./f}]|~~|~~|+p| {\"queries\":[{\"uses\":\"p\"},{\"uses\":\"./f\"}]}",
        "queries: []|~~|~~|~~| {}",
        "packs: []|~~|~~|~~| {}",
        "packs: [a/b@1.0.0]|~~|c/d@1.0.0|~~| {\"packs\":[\"c/d@1.0.0\"]}",
        "packs: [a/b@1.0.0]|~~|+c/d@1.0.0|~~| {\"packs\":[\"a/b@1.0.0\",\"c/d@1.0.0\"]}",
        "~~|~~|+c/d@1.0.0|~~| {\"packs\":[\"c/d@1.0.0\"]}",
        "packs: {javascript: [a/b@1.0.0]}|~~|+c/d@1.0.0|~~|"
            + " {\"packs\":{\"javascript\":[\"a/b@1.0.0\",\"c/d@1.0.0\"]}}"
      })
  void queriesAndPacksAreCombinedAsCodeqlActionDoes(
      String config, String queries, String packs, String property, String expected) {
    ScanSettings settings =
        Samples.with(
            Samples.with(Samples.settings("config", config), "queries", queries), "packs", packs);
    ScanSite site =
        Samples.site(
            Component.PROPERTIES,
            property.isEmpty() ? Map.of() : Map.of("github-codeql-extra-queries", property));
    assertThat(ExpectedConfig.of(settings, site)).contains(expected);
  }
}
