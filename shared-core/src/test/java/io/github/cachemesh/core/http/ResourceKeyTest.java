package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceKeyTest {
  private static ResourceKey key(String target) {
    return ResourceKey.of("api.github.com", target, "");
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 3986 section 5.2.4 and the absolute paths of section 5.4.
    "/a/b/c/./../../g, /a/g",
    "/b/c/., /b/c/",
    "/b/c/./, /b/c/",
    "/b/c/.., /b/",
    "/b/c/../g, /b/g",
    "/b/c/../../g, /g",
    "/b/c/../../../g, /g",
    "/./g, /g",
    "/../g, /g",
    "/b/c/g., /b/c/g.",
    "/b/c/..g, /b/c/..g",
    "/b/c/./g/., /b/c/g/",
    "/b/c/g;x=1/../y, /b/c/y",
    "/a//../b, /a/b",
    "/.., /",
    // Section 6.2.2.1 and 6.2.2.2.
    "/%7esmith/home, /~smith/home",
    "/%7Esmith/home, /~smith/home",
    "/a%2fb, /a%2Fb",
    "/%2E%2e/a, /a",
    "/repos/%6F/r, /repos/o/r",
    "/a%2541, /a%2541",
    "/caf%c3%a9, /caf%C3%A9",
    // No URLs, yet clients send them.
    "/100%, /100%25",
    "/%zz, /%25zz",
    "/%%411, /%25A1",
    "/%\uFF14\uFF11, /%25\uFF14\uFF11",
    "relative/./path, relative/./path"
  })
  void pathIsNormalised(String path, String normal) {
    assertThat(key(path).path()).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "b=2&a=1, a=1&b=2",
    "a=2&a=1, a=2&a=1",
    "a=1&&b=2&, a=1&b=2",
    "per%5fpage=1, per_page=1",
    "b&a=1, a=1&b",
    "q=a%3db, q=a%3Db"
  })
  void queryIsNormalised(String query, String normal) {
    assertThat(key("/x?" + query).query()).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "/repos/CLI/Cli, /repos/cli/cli",
    "/repos/CLI/Cli/contents/README.md, /repos/cli/cli/contents/README.md",
    "/api/v3/repos/CLI/Cli/branches/Main, /api/v3/repos/cli/cli/branches/Main",
    "/orgs/CLI/teams/A, /orgs/cli/teams/A",
    "/users/Octocat, /users/octocat",
    "/repos/CLI, /repos/cli",
    "/repos/A%2FB/C, /repos/A%2FB/C",
    "/search/Code, /search/Code",
  })
  void caseOfAccountsAndRepositoriesDoesNotMatter(String path, String key) {
    assertThat(ResourceKey.of("api.github.com", path, "").path()).isEqualTo(key);
  }

  @Test
  void caseOfTheHostDoesNotMatter() {
    assertThat(ResourceKey.of("API.GitHub.com", "/x", ""))
        .isEqualTo(ResourceKey.of("api.github.com", "/x", ""));
  }

  @Test
  void emptyQueryIsNone() {
    assertThat(key("/x?")).isEqualTo(key("/x"));
  }

  @Test
  void targetIsInNormalForm() {
    assertThat(key("/a/../x?b=2&a=1").target()).isEqualTo("/x?a=1&b=2");
  }

  @Test
  void apiVersionSeparatesKeys() {
    assertThat(ResourceKey.of("h", "/x", "2022-11-28")).isNotEqualTo(ResourceKey.of("h", "/x", ""));
  }

  @Test
  void keyTakesAcceptAndApiVersionFromTheFields() {
    RequestKey key =
        RequestKey.of(
            "h", "/x", Fields.of("accept", "a", "ACCEPT", "b", "X-GitHub-Api-Version", "v"));
    assertThat(key).isEqualTo(new RequestKey(ResourceKey.of("h", "/x", "v"), "a, b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "Cookie"})
  void keyNeverDependsOnWhoAsks(String credential) {
    assertThat(RequestKey.of("h", "/x", Fields.of(credential, "secret")))
        .isEqualTo(RequestKey.of("h", "/x", Fields.EMPTY));
  }

  @Test
  void headHasTheKeyOfGet() {
    assertThat(Example.request("HEAD", "/x", "a", "t").key())
        .isEqualTo(Example.request("GET", "/x", "a", "t").key());
  }
}
