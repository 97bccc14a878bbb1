package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
  private static EntityTag strong(String opaque) {
    return new EntityTag(false, opaque);
  }

  private static EntityTag weak(String opaque) {
    return new EntityTag(true, opaque);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"xyzzy\"", "W/\"xyzzy\"", "\"\"", "\"a,b\"", "\"\u00E9\"", "W/\"W/\""})
  void tagsOfTheRfcAreWrittenAsTheyAreRead(String text) {
    assertThat(EntityTag.parse(text).map(EntityTag::toString)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "xyzzy",
        "*",
        "w/\"a\"",
        "W/",
        "W/ \"a\"",
        "\"a",
        "a\"",
        "\"a\"b",
        "\"a\"b\"",
        "\"a b\"",
        "\"a\r\nSet-Cookie: x\"",
        "\"\u0000\"",
        "\"\u007F\"",
        "\"\u0100\""
      })
  void malformedTagIsNone(String text) {
    assertThat(EntityTag.parse(text)).isEmpty();
  }

  @Test
  void spaceAroundATagIsNotOfTheTag() {
    assertThat(EntityTag.parse(" \t\"a\" \t")).contains(strong("a"));
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 9110 section 8.8.3.2, the column "Weak Comparison".
    "W/\"1\", W/\"1\", true",
    "W/\"1\", W/\"2\", false",
    "W/\"1\", \"1\", true",
    "\"1\", \"1\", true"
  })
  void comparisonIsWeak(String one, String other, boolean equal) {
    assertThat(
            EntityTag.parse(one).orElseThrow().weaklyEquals(EntityTag.parse(other).orElseThrow()))
        .isEqualTo(equal);
  }

  @Test
  void listIsReadOverAllItsLines() {
    assertThat(EntityTag.parseAll(List.of("\"a\", W/\"b\",\"c,d\"", "", " , \"e\" ,")))
        .containsExactly(strong("a"), weak("b"), strong("c,d"), strong("e"));
  }

  @Test
  void malformedMembersOfAListAreLeftOut() {
    assertThat(EntityTag.parseAll(List.of("x, \"a\"b\", W/ \"c\", w/\"d\", \"e\" \"f\", \"g\"")))
        .containsExactly(strong("g"));
  }

  @Test
  void unclosedTagEndsTheList() {
    assertThat(EntityTag.parseAll(List.of("\"a\", \"b"))).containsExactly(strong("a"));
  }

  @Test
  void starIsNoTag() {
    assertThat(EntityTag.parseAll(List.of("*"))).isEmpty();
  }

  @Test
  void hostileListIsReadInLinearTime() {
    String hostile = "\"a,".repeat(200_000) + ",".repeat(200_000) + "W/".repeat(200_000);
    assertThat(EntityTag.parseAll(List.of(hostile))).isEmpty();
  }
}
