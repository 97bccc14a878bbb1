package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RouteTemplatePropertyTest {
  private static final List<String> ROUTES =
      List.of(
          "/repos/{}/{}",
          "/repos/{}/{}/issues/{}/comments",
          "/repos/{}/{}/pulls/{}/reviews/{}/comments",
          "/repos/{}/{}/branches/{}/protection",
          "/repos/{}/{}/commits/{}/status",
          "/repos/{}/{}/actions/runs/{}/attempts/{}/jobs",
          "/repos/{}/{}/contents/{*}",
          "/orgs/{}/teams/{}/members",
          "/users/{}/repos");

  @Provide
  Arbitrary<String> routes() {
    return Arbitraries.of(ROUTES);
  }

  /** Never a word of the API, since those hold no digit. */
  @Provide
  Arbitrary<String> parameters() {
    return Arbitraries.strings().withChars("abcXYZ-_%é:+ ").ofMaxLength(12).map(text -> text + "7");
  }

  @Property
  void routeHasOneTemplateWhateverItsParameters(
      @ForAll("routes") String route,
      @ForAll("parameters") String one,
      @ForAll("parameters") String other) {
    String path = route.replace("{*}", one + "/" + other + "/" + one).replace("{}", one);
    assertThat(template(path)).isEqualTo(route);
  }

  @Property
  void namesAreParametersEvenWhenTheyAreWordsOfTheApi(@ForAll("words") String word) {
    assertThat(template("/repos/" + word + "/" + word + "/branches/" + word))
        .isEqualTo("/repos/{}/{}/branches/{}");
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of("actions", "issues", "contents", "branches", "tags", "repos", "x");
  }

  @Property
  void templateOfAnyPathIsShortAndHoldsNothingOfTheClients(
      @ForAll("segments") List<String> segments) {
    String[] parts = template("/" + String.join("/", segments)).substring(1).split("/", -1);
    assertThat(parts).hasSizeLessThanOrEqualTo(RouteTemplate.MAX_SEGMENTS + 1);
    assertThat(parts)
        .allMatch(part -> part.matches("|[a-z_-]+|\\{\\*?}"))
        .noneMatch("secret"::equals);
  }

  @Provide
  Arbitrary<List<String>> segments() {
    return Arbitraries.oneOf(words(), parameters(), Arbitraries.just("secret"))
        .list()
        .ofMaxSize(40);
  }

  private static String template(String path) {
    return RouteTemplate.of(ResourceKey.of("api.github.com", path, "")).text();
  }
}
