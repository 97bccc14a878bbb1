package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FieldsTest {
  private static final Fields FIELDS = Fields.of("A", "1", "b", "2, ,3", "B", "4");

  @Test
  void namesAreComparedWithoutCase() {
    assertThat(FIELDS.all("B")).containsExactly("2, ,3", "4");
    assertThat(FIELDS.first("a")).contains("1");
    assertThat(FIELDS.has("c")).isFalse();
  }

  @Test
  void membersAreThoseOfAllLines() {
    assertThat(FIELDS.members("b")).containsExactly("2", "3", "4");
  }

  @Test
  void withReplacesEveryLineOfThatName() {
    assertThat(FIELDS.with("B", "5")).isEqualTo(Fields.of("A", "1", "B", "5"));
  }

  @Test
  void withoutDropsEveryLineOfThoseNames() {
    assertThat(FIELDS.without("B", "a")).isEqualTo(Fields.EMPTY);
  }

  @Test
  void overridingReplacesWholeNames() {
    assertThat(FIELDS.overriddenBy(Fields.of("B", "5", "c", "6")))
        .isEqualTo(Fields.of("A", "1", "B", "5", "c", "6"));
  }

  @Test
  void nameWithoutAValueIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.of("A"));
  }

  @Test
  void noValueIsPrinted() {
    Request request =
        Example.get("/x?access_token=query-secret", "header-secret", "Cookie", "cookie-secret");
    assertThat(request.toString()).contains("GET api.github.com/x").doesNotContain("secret");
    assertThat(request.fields().lines().toString()).doesNotContain("secret");
  }
}
