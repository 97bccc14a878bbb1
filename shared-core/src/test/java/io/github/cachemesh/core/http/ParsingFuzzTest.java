package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** What clients, upstreams, peers and files hand in never throws and keeps its invariants. */
class ParsingFuzzTest {

  @FuzzTest
  void entityTagIsReadBackAsItIsWritten(FuzzedDataProvider data) {
    EntityTag.parse(data.consumeRemainingAsString())
        .ifPresent(tag -> assertThat(EntityTag.parse(tag.toString())).contains(tag));
  }

  @FuzzTest
  void entityTagsOfAListAreWellFormed(FuzzedDataProvider data) {
    String first = data.consumeString(200);
    assertThat(EntityTag.parseAll(List.of(first, data.consumeRemainingAsString())))
        .allSatisfy(tag -> assertThat(EntityTag.parse(tag.toString())).contains(tag));
  }

  @FuzzTest
  void resourceKeyIsItsOwnNormalForm(FuzzedDataProvider data) {
    String authority = data.consumeString(30);
    ResourceKey key = ResourceKey.of(authority, data.consumeRemainingAsString(), "");
    assertThat(ResourceKey.of(key.host(), key.target(), "")).isEqualTo(key);
  }

  @FuzzTest
  void routeTemplateIsShort(FuzzedDataProvider data) {
    ResourceKey key = ResourceKey.of("h", data.consumeRemainingAsString(), "");
    assertThat(RouteTemplate.of(key).text().split("/", -1))
        .hasSizeLessThanOrEqualTo(RouteTemplate.MAX_SEGMENTS + 2);
  }
}
