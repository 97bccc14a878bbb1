package io.github.cachemesh.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenyPatternsTest {
  @ParameterizedTest
  @CsvSource({
    "*.md, README.md, true",
    "*.md, docs/deep/x.md, true",
    "*.md, x.md/code.py, false",
    "*.md, README.MD, false",
    "*.md, x.mdx, false",
    "docs/*, docs/x.txt, true",
    "docs/*, docs/deep/x.txt, false",
    "docs/*, other/docs/x.txt, false",
    "/docs/*, docs/x.txt, true",
    "docs/**, docs/deep/x.txt, true",
    "docs/**, docsx/y, false",
    "**/img/*.png, img/a.png, true",
    "**/img/*.png, a/b/img/a.png, true",
    "a?.txt, ab.txt, true",
    "a?.txt, a/.txt, false",
    "[a].txt, a.txt, false",
    "[a].txt, [a].txt, true",
    "a+(b).txt, a+(b).txt, true"
  })
  void pathIsDroppedByItsPattern(String pattern, String path, boolean dropped) {
    assertThat(DenyPatterns.of(List.of(pattern)).drops(path)).isEqualTo(dropped);
  }

  @Test
  void noPatternDropsNothing() {
    assertThat(DenyPatterns.of(List.of()).drops("README.md")).isFalse();
  }

  @Test
  void patternsAreBounded() {
    List<String> many = IntStream.range(0, 101).mapToObj(Integer::toString).toList();
    assertThatThrownBy(() -> DenyPatterns.of(many)).hasMessageContaining("more than 100");
    assertThatThrownBy(() -> DenyPatterns.of(List.of(" "))).hasMessageContaining("blank");
    assertThatThrownBy(() -> DenyPatterns.of(List.of("x".repeat(201))))
        .hasMessageContaining("too long");
  }
}
