package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScanKeyTest {
  /** The key of {@link Samples}, as it has been since format 1. */
  private static final String JSON =
      "{\"action\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
          + "\"analysis-key\":\".github/workflows/codeql.yml:analyze\","
          + "\"analysis-kinds\":[\"code-scanning\"],"
          + "\"build-mode\":\"none\","
          + "\"build-recipe\":\""
          + "2".repeat(64)
          + "\","
          + "\"category\":\"/language:javascript-typescript\","
          + "\"config\":\"\","
          + "\"config-file\":[\"\",\"\"],"
          + "\"format\":1,"
          + "\"languages\":[\"javascript\"],"
          + "\"matrix\":\"{\\\"language\\\":\\\"javascript-typescript\\\"}\","
          + "\"packs\":\"\","
          + "\"properties\":{},"
          + "\"queries\":\"security-extended\","
          + "\"repository\":4711,"
          + "\"runner\":[\"Linux\",\"X64\",\"ubuntu24\",\"20260601.1\"],"
          + "\"source-root\":\"\","
          + "\"tools\":\"2.25.6\","
          + "\"tree\":\""
          + "d".repeat(64)
          + "\","
          + "\"variables\":{\"CODEQL_ACTION_DIFF_INFORMED_QUERIES\":\"false\"},"
          + "\"workflow\":\""
          + "1".repeat(64)
          + "\"}";

  private static final String HEX =
      "948e2c457e065c69b5482fd3f66376f98bf83dfa1d249204943ca3006affa5d5";

  @Test
  void keyIsTheHashOfItsCanonicalJson() {
    assertThat(Samples.key().json()).isEqualTo(JSON);
    assertThat(Samples.key().hex()).isEqualTo(HEX);
  }

  @Test
  void keyIsTheSameInAnotherJvmAndLocale() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dfile.encoding=ISO-8859-1",
                "-cp",
                System.getProperty("java.class.path"),
                ScanKeyTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed =
        new String(other.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(printed).isEqualTo(HEX);
  }

  public static void main(String[] args) {
    System.out.println(Samples.key().hex());
  }

  /** One row a component: another value of it alone, and the reason that names it. */
  static Stream<Arguments> components() {
    return Stream.of(
        row(Component.REPOSITORY, 4712, Reason.NOT_STORED),
        row(Component.CATEGORY, "/other", Reason.CATEGORY),
        row(Component.LANGUAGES, List.of("python"), Reason.SETTINGS_CHANGED),
        row(Component.BUILD_MODE, "", Reason.SETTINGS_CHANGED),
        row(Component.SOURCE_ROOT, "sub", Reason.SETTINGS_CHANGED),
        row(Component.ANALYSIS_KINDS, List.of("code-quality"), Reason.SETTINGS_CHANGED),
        row(Component.QUERIES, "security-and-quality", Reason.QUERIES_CHANGED),
        row(Component.PACKS, "octo/pack@1.2.3", Reason.PACKS_CHANGED),
        row(Component.CONFIG, "paths: [src]", Reason.CONFIG_CHANGED),
        row(Component.CONFIG_FILE, List.of("a.yml", "0".repeat(64)), Reason.CONFIG_CHANGED),
        row(Component.TOOLS, "2.25.7", Reason.TOOLS_CHANGED),
        row(Component.ACTION, "b".repeat(40), Reason.ACTION_CHANGED),
        row(Component.PROPERTIES, Map.of("x", "y"), Reason.PROPERTIES_CHANGED),
        row(Component.VARIABLES, Map.of(), Reason.ENVIRONMENT_CHANGED),
        row(Component.RUNNER, List.of("Linux", "ARM64", "", ""), Reason.ENVIRONMENT_CHANGED),
        row(Component.MATRIX, "{}", Reason.MATRIX_CHANGED),
        row(Component.ANALYSIS_KEY, "other.yml:analyze", Reason.WORKFLOW_CHANGED),
        row(Component.BUILD_RECIPE, "3".repeat(64), Reason.WORKFLOW_CHANGED),
        row(Component.WORKFLOW, "3".repeat(64), Reason.WORKFLOW_CHANGED),
        row(Component.TREE, "3".repeat(64), Reason.TREE_CHANGED));
  }

  private static Arguments row(Component component, Object value, Reason reason) {
    return Arguments.of(component, value, reason);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("components")
  void anotherValueOfOneComponentIsAnotherKeyWithItsReason(
      Component component, Object value, Reason reason) {
    ScanKey changed = Samples.key().with(component, value);
    assertThat(changed.hex()).isNotEqualTo(HEX);
    assertThat(changed.differences(Samples.key())).containsExactly(component);
    assertThat(changed.digest(component)).isNotEqualTo(Samples.key().digest(component));
    assertThat(component.whenChanged()).isEqualTo(reason);
  }

  @Test
  void everyComponentHasItsRow() {
    assertThat(components().map(row -> row.get()[0]))
        .containsExactlyInAnyOrder((Object[]) Component.values());
  }

  @ParameterizedTest
  @EnumSource
  void keyWithoutAComponentIsRefused(Component component) {
    Map<Component, String> values = new EnumMap<>(Samples.key().values());
    values.remove(component);
    assertThatThrownBy(() -> ScanKey.ofJson(values)).hasMessageContaining(component.word());
  }

  @Test
  void valuesDoNotRunIntoOneAnother() {
    ScanKey first = Samples.key().with(Component.QUERIES, "a").with(Component.PACKS, "b\",\"c");
    ScanKey second =
        Samples.key().with(Component.QUERIES, "a\",\"packs").with(Component.PACKS, "b");
    assertThat(first.hex()).isNotEqualTo(second.hex());
  }

  @Test
  void textOfAKeyIsItsDigestOnly() {
    assertThat(Samples.key()).hasToString(Samples.key().hex());
  }
}
