package io.github.cachemesh.core.http;

import static io.github.cachemesh.core.http.Example.BODY;
import static io.github.cachemesh.core.http.Example.FILE;
import static io.github.cachemesh.core.http.Example.ISSUES;
import static io.github.cachemesh.core.http.Example.RAW;
import static io.github.cachemesh.core.http.Example.get;
import static io.github.cachemesh.core.http.Example.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormulaTrustTest {
  private static final Request REQUEST = get(ISSUES, "a");

  private final FormulaTrust trust = new FormulaTrust();

  private TagKind learn(Request request, String tag) {
    return trust.learn(request, Fields.of("ETag", tag), BODY);
  }

  private static String formula(Request request) {
    return '"' + EtagFormula.compute(Vary.BY_ALL, request.fields(), BODY) + '"';
  }

  private boolean held(Request request) {
    return trust.of(request).orElseThrow().held();
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(trust.of(REQUEST)).isEmpty();
  }

  @Test
  void matchingTagIsOfTheFormula() {
    assertThat(learn(REQUEST, formula(REQUEST))).isEqualTo(TagKind.FORMULA);
    assertThat(held(REQUEST)).isTrue();
  }

  @Test
  void weakTagCountsToo() {
    assertThat(learn(REQUEST, "W/" + formula(REQUEST))).isEqualTo(TagKind.FORMULA);
    assertThat(trust.of(REQUEST).orElseThrow().weakTag()).isTrue();
  }

  @Test
  void anotherTagIsOpaqueAndEndsTheTrust() {
    learn(REQUEST, formula(REQUEST));
    assertThat(learn(REQUEST, "\"surprise\"")).isEqualTo(TagKind.OPAQUE);
    assertThat(held(REQUEST)).isFalse();
  }

  @Test
  void matchRestoresTheTrust() {
    learn(REQUEST, "\"surprise\"");
    learn(REQUEST, formula(REQUEST));
    assertThat(held(REQUEST)).isTrue();
  }

  @Test
  void blobIdOfTheVeryBodyIsKnown() {
    assertThat(learn(request("GET", FILE, RAW, "a"), '"' + GitBlob.id(BODY) + '"'))
        .isEqualTo(TagKind.GIT_BLOB);
  }

  @Test
  void gitNamesABlobAsGitDoes() {
    // git hash-object of an empty file.
    assertThat(GitBlob.id(new byte[0])).isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  }

  @Test
  void responseWithoutATagTeachesNothing() {
    assertThat(trust.learn(REQUEST, Fields.EMPTY, BODY)).isEqualTo(TagKind.NONE);
    assertThat(learn(REQUEST, "malformed")).isEqualTo(TagKind.NONE);
    assertThat(trust.of(REQUEST)).isEmpty();
  }

  @Test
  void headTeachesNothing() {
    learn(REQUEST, formula(REQUEST));
    Request head = request("HEAD", ISSUES, Example.JSON, "a");
    trust.learn(head, Fields.of("ETag", formula(REQUEST)), new byte[0]);
    assertThat(held(REQUEST)).isTrue();
  }

  @Test
  void trustIsSharedByResourcesOfOneRoute() {
    learn(REQUEST, formula(REQUEST));
    assertThat(held(get("/repos/other/repository/issues", "b"))).isTrue();
  }

  static Stream<Request> otherClasses() {
    return Stream.of(
        new Request("GET", "ghe.example", ISSUES, REQUEST.fields()),
        get("/repos/o/r/pulls", "a"),
        request("GET", ISSUES, RAW, "a"),
        get(ISSUES, "a", "Authorization", "Basic YTo="),
        new Request("GET", "api.github.com", ISSUES, REQUEST.fields().without("Authorization")));
  }

  @ParameterizedTest
  @MethodSource("otherClasses")
  void trustHoldsOnlyForItsHostRouteMediaTypeAndScheme(Request other) {
    learn(REQUEST, formula(REQUEST));
    assertThat(trust.of(other)).isEmpty();
  }

  @Test
  void classesUsedLongestAgoAreForgotten() {
    learn(REQUEST, formula(REQUEST));
    for (int i = 0; i < FormulaTrust.MAX_CLASSES; i++) {
      learn(request("GET", ISSUES, "type/" + i, "a"), "\"x\"");
    }
    assertThat(trust.of(REQUEST)).isEmpty();
    assertThat(trust.of(request("GET", ISSUES, "type/0", "a"))).isPresent();
  }
}
