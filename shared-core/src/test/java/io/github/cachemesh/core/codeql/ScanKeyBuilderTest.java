package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanKeyBuilderTest {
  private static Reason refused(ScanSettings settings, ScanSite site) {
    return switch (Cacheability.of(settings, site)) {
      case Cacheability.Cacheable _ -> throw new AssertionError("cacheable");
      case Cacheability.NotCacheable(Refusal refusal) -> refusal.reason();
    };
  }

  private static Reason refused(String field, String value) {
    return refused(Samples.settings(field, value), Samples.site());
  }

  private static ScanKey key(ScanSettings settings) {
    return Samples.cacheable(settings, Samples.site()).key();
  }

  @ParameterizedTest
  @CsvSource({
    "languages, python, LANGUAGES",
    "build-mode, '', BUILD_MODE",
    "queries, +security-and-quality, QUERIES",
    "packs, octo/pack@1.2.3, PACKS",
    "config, 'paths: [src]', CONFIG",
    "source-root, web, SOURCE_ROOT",
    "category, /mine, CATEGORY",
    "codeql-version, 2.25.7, TOOLS"
  })
  void everySettingThatDecidesIsInTheKey(String field, String value, Component component) {
    assertThat(key(Samples.settings(field, value)).differences(Samples.key()))
        .containsExactly(component);
  }

  @Test
  void everyFactOfTheSiteThatDecidesIsInTheKey() {
    Map<Component, Object> others = new TreeMap<>();
    others.put(Component.REPOSITORY, 1);
    others.put(Component.TREE, "0".repeat(64));
    others.put(Component.ACTION, "b".repeat(40));
    others.put(Component.ANALYSIS_KEY, "w.yml:job");
    others.put(Component.MATRIX, "{\"language\":\"python\"}");
    others.put(Component.RUNNER, new Runner("Linux", "X64", "ubuntu24", "20260608.1"));
    others.put(Component.VARIABLES, Map.of("LGTM_INDEX_FILTERS", "exclude:x"));
    others.put(Component.PROPERTIES, Map.of("github-codeql-disable-overlay", "true"));
    others.put(Component.WORKFLOW, "3".repeat(64));
    others.put(Component.BUILD_RECIPE, "3".repeat(64));
    others.forEach(
        (component, value) ->
            assertThat(
                    Samples.cacheable(Samples.settings(), Samples.site(component, value))
                        .key()
                        .differences(Samples.key()))
                .containsExactly(component));
  }

  @Test
  void bytesOfTheConfigurationFileAreInTheKey() {
    ScanSettings settings = Samples.settings("config-file", ".github/codeql.yml");
    ScanKey first =
        Samples.cacheable(settings, Samples.site(Component.CONFIG_FILE, "name: a")).key();
    ScanKey second =
        Samples.cacheable(settings, Samples.site(Component.CONFIG_FILE, "name: a ")).key();
    assertThat(first.differences(second)).containsExactly(Component.CONFIG_FILE);
  }

  @Test
  void orderAndAliasesOfLanguagesDoNotCount() {
    assertThat(key(Samples.settings("languages", "Python, typescript")))
        .isEqualTo(key(Samples.settings("languages", "javascript,python,python")));
  }

  @Test
  void variablesThatDecideNothingDoNotCount() {
    ScanSite site =
        Samples.site(
            Component.VARIABLES,
            Map.of(
                "CODEQL_ACTION_DIFF_INFORMED_QUERIES", "false",
                "CODEQL_THREADS", "4",
                "HOME", "/root",
                "JAVA_TOOL_OPTIONS", "-Xmx1g"));
    assertThat(Samples.cacheable(Samples.settings(), site).key()).isEqualTo(Samples.key());
  }

  @Test
  void variablesOfABuildCountWhereThereIsOne() {
    ScanSettings java =
        Samples.with(Samples.settings("languages", "java"), "traced-builds", "true");
    ScanKey plain = Samples.cacheable(java, Samples.site()).key();
    ScanKey other =
        Samples.cacheable(
                java,
                Samples.site(
                    Component.VARIABLES,
                    Map.of("CODEQL_ACTION_DIFF_INFORMED_QUERIES", "false", "JAVA_HOME", "/jdk-21")))
            .key();
    assertThat(plain.differences(other)).containsExactly(Component.VARIABLES);
  }

  @Test
  void variableThatIsNotUnderstoodIsRefused() {
    assertThat(
            refused(
                Samples.settings(),
                Samples.site(Component.VARIABLES, Map.of("CODEQL_REGISTRIES_AUTH", "x=y"))))
        .isEqualTo(Reason.UNDECLARED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " , ", "cobol", "javascript,cobol"})
  void unknownLanguagesAreRefused(String languages) {
    assertThat(refused("languages", languages)).isEqualTo(Reason.LANGUAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "nightly", "2.25", "2.25.6+20260101", "codeql-bundle-v2"})
  void toolsWithoutAFullVersionAreRefused(String version) {
    assertThat(refused("codeql-version", version)).isEqualTo(Reason.UNPINNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4", "main", "aaaaaaa", ""})
  void actionWithoutAFullCommitIsRefused(String sha) {
    assertThat(refused(Samples.settings(), Samples.site(Component.ACTION, sha)))
        .isEqualTo(Reason.UNPINNED);
  }

  @ParameterizedTest
  @CsvSource({
    "queries, octo/queries@main",
    "queries, 'security-extended,octo/queries/a.ql@v1'",
    "queries, +./../outside",
    "queries, /absolute",
    "packs, octo/pack",
    "packs, octo/pack@~1.2.3",
    "packs, octo/pack@1.2",
    "config-file, octo/repo/codeql.yml@main",
    "config-file, ../codeql.yml",
    "config, 'queries: [{uses: octo/queries@main}]'",
    "config, 'packs: [octo/pack]'",
    "config, 'packs: {python: [octo/pack@*]}'",
    "config, 'extends: octo/config@main'",
    "config, '[not a map]'",
    "config, '{broken'"
  })
  void whatMayMoveIsRefused(String field, String value) {
    assertThat(refused(field, value)).isEqualTo(Reason.UNPINNED);
  }

  @ParameterizedTest
  @CsvSource({
    "queries, security-and-quality",
    "queries, './queries,octo/queries/x.ql@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
    "packs, '+octo/pack@1.2.3,octo/other@1.0.0-rc.1:suites/a.qls'",
    "config, 'packs: {javascript: [octo/pack@1.2.3]}'",
    "config, 'queries: [{name: mine, uses: ./q}]'",
    "config, 'disable-default-queries: true'"
  })
  void whatIsPinnedIsCacheable(String field, String value) {
    assertThat(key(Samples.settings(field, value))).isNotEqualTo(Samples.key());
  }

  @Test
  void configurationFileThatCannotBeReadIsRefused() {
    assertThat(refused("config-file", ".github/codeql.yml")).isEqualTo(Reason.UNPINNED);
  }

  @Test
  void extraQueriesOfTheRepositoryMustBePinned() {
    ScanSite site =
        Samples.site(
            Component.PROPERTIES, Map.of("github-codeql-extra-queries", "+octo/queries@main"));
    assertThat(refused(Samples.settings(), site)).isEqualTo(Reason.UNPINNED);
  }

  @Test
  void unknownPropertiesAreRefused() {
    ScanSite s = Samples.site();
    ScanSite site =
        new ScanSite(
            s.repositoryId(),
            s.checkoutDigest(),
            s.projectedDigest(),
            s.configFile(),
            s.actionSha(),
            s.analysisKey(),
            s.matrix(),
            s.runner(),
            s.environment(),
            Optional.empty(),
            s.workflowSha256(),
            s.buildRecipeSha256());
    assertThat(refused(Samples.settings(), site)).isEqualTo(Reason.AUTHORITY_UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "c-cpp, none",
    "csharp, none",
    "java-kotlin, none",
    "rust, none",
    "go, none",
    "swift, ''",
    "java, ''",
    "go, autobuild",
    "python, autobuild",
    "javascript, manual"
  })
  void buildsAndResolversAreOffByDefault(String language, String buildMode) {
    ScanSettings settings =
        Samples.with(Samples.settings("languages", language), "build-mode", buildMode);
    assertThat(refused(settings, Samples.site())).isEqualTo(Reason.TRACED_BUILD);
    assertThat(key(Samples.with(settings, "traced-builds", "true"))).isNotEqualTo(Samples.key());
  }

  @Test
  void buildOnAMachineWithoutAnImageIsRefused() {
    ScanSettings java =
        Samples.with(Samples.settings("languages", "java"), "traced-builds", "true");
    ScanSite own = Samples.site(Component.RUNNER, new Runner("Linux", "X64", "", ""));
    assertThat(refused(java, own)).isEqualTo(Reason.UNSUPPORTED_ENVIRONMENT);
    assertThat(Samples.cacheable(Samples.settings(), own).key()).isNotEqualTo(Samples.key());
  }

  @Test
  void buildWithoutARecipeIsRefused() {
    ScanSettings java =
        Samples.with(Samples.settings("languages", "java"), "traced-builds", "true");
    assertThat(refused(java, Samples.site(Component.BUILD_RECIPE, "")))
        .isEqualTo(Reason.TRACED_BUILD);
  }

  @Test
  void machineThatDoesNotSayWhatItIsIsRefused() {
    assertThat(
            refused(
                Samples.settings(), Samples.site(Component.RUNNER, new Runner("", "X64", "", ""))))
        .isEqualTo(Reason.UNSUPPORTED_ENVIRONMENT);
  }

  @Test
  void projectionIsOfferedOnlyWhenAskedFor() {
    assertThat(Samples.cacheable().projected()).isEmpty();
    ScanKey projected =
        Samples.cacheable(Samples.settings("ignore-changes", "*.md,*.png"), Samples.site())
            .projected()
            .orElseThrow();
    assertThat(projected.differences(Samples.key())).containsExactly(Component.TREE);
    assertThat(projected.value(Component.TREE))
        .isEqualTo(
            "{\"digest\":\"%s\",\"without\":[\"*.md\",\"*.png\"]}".formatted(Samples.PROJECTED));
  }

  @Test
  void buildThatIsWatchedHasNoProjection() {
    ScanSettings java =
        Samples.with(
            Samples.with(
                Samples.with(Samples.settings("languages", "java"), "build-mode", "autobuild"),
                "traced-builds",
                "true"),
            "ignore-changes",
            "*.md");
    assertThat(Samples.cacheable(java, Samples.site()).projected()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.py", "docs/**", "*", "*.md*", "src/*.js", "**", "*.{md,js}", "[!a]"})
  void patternsThatCouldDropSourcesAreRefused(String pattern) {
    assertThat(refused("ignore-changes", pattern)).isEqualTo(Reason.INVALID_INPUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.md", "docs/**/*.png", "LICENSE", "**/NOTICE", "README.md"})
  void patternsOfDocumentsAndImagesAreTaken(String pattern) {
    assertThat(
            Samples.cacheable(Samples.settings("ignore-changes", pattern), Samples.site())
                .projected())
        .isPresent();
  }
}
