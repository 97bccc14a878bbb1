package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedConfigTest {
  /** The members that init of v4.36.3 saves, with the given texts of JSON in it. */
  static String json(String languages, String computedConfig, String overlay, String exclusions) {
    return """
    {"version":"4.36.3","analysisKinds":["code-scanning"],"languages":%s,"buildMode":"none",\
    "originalUserInput":{},"computedConfig":%s,"tempDir":"/home/runner/work/_temp",\
    "codeQLCmd":"/opt/hostedtoolcache/CodeQL/2.25.6/x64/codeql/codeql",\
    "gitHubVersion":{"type":"GitHub.com"},\
    "dbLocation":"/home/runner/work/_temp/codeql_databases","debugMode":false,\
    "debugArtifactName":"debug-artifacts","debugDatabaseName":"db","trapCaches":{},\
    "trapCacheDownloadTime":0,"dependencyCachingEnabled":"none",\
    "dependencyCachingRestoredKeys":[],"extraQueryExclusions":%s,"overlayDatabaseMode":"%s",\
    "useOverlayDatabaseCaching":false,"overlayModeSetExplicitly":false,\
    "repositoryProperties":{},"enableFileCoverageInformation":true}\
    """
        .formatted(languages, computedConfig, exclusions, overlay);
  }

  static String json() {
    return json(
        "[\"javascript\"]", "{\"queries\":[{\"uses\":\"security-extended\"}]}", "none", "[]");
  }

  @Test
  void whatInitSavesIsRead() {
    SavedConfig config = SavedConfig.parse(json()).orElseThrow();
    assertThat(config.analysisKinds()).containsExactly("code-scanning");
    assertThat(config.languages()).containsExactly("javascript");
    assertThat(config.buildMode()).isEqualTo("none");
    assertThat(config.computedConfig())
        .isEqualTo("{\"queries\":[{\"uses\":\"security-extended\"}]}");
    assertThat(config.server()).isEqualTo("GitHub.com");
    assertThat(config.excludesQueries()).isFalse();
    assertThat(config.debugMode()).isFalse();
  }

  @Test
  void buildModeThatWasNotGivenIsNotThere() {
    assertThat(SavedConfig.parse(json().replace("\"buildMode\":\"none\",", "")))
        .hasValueSatisfying(config -> assertThat(config.buildMode()).isEmpty());
  }

  @Test
  void propertiesAreTexts() {
    String json =
        json()
            .replace(
                "\"repositoryProperties\":{}",
                "\"repositoryProperties\":{\"github-codeql-disable-overlay\":true}");
    assertThat(SavedConfig.parse(json).orElseThrow().properties().entrySet())
        .isEqualTo(Set.of(Map.entry("github-codeql-disable-overlay", "true")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"languages\":[]}",
        "{\"computedConfig\":{}",
        "\"config\""
      })
  void anythingElseIsNone(String json) {
    assertThat(SavedConfig.parse(json)).isEmpty();
  }

  @Test
  void tooLongTextIsNotRead() {
    assertThat(SavedConfig.parse(json() + " ".repeat(SavedConfig.MAX_CHARACTERS))).isEmpty();
  }
}
