package io.github.cachemesh.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InvalidationsTest {
  private static final String HOST = "api.github.com";
  private final Invalidations invalidations = new Invalidations();

  @Test
  void aPathAndThoseAboveItAreCovered() {
    assertThat(Invalidations.withParents("/repos/o/r/issues/1"))
        .containsExactly(
            "/repos/o/r/issues/1", "/repos/o/r/issues", "/repos/o/r", "/repos/o", "/repos", "/");
    assertThat(Invalidations.withParents("/")).containsExactly("/");
    assertThat(Invalidations.withParents("/a/")).containsExactly("/a/", "/a", "/");
  }

  @Test
  void anAnswerAskedForBeforeIsRefusedAndOneAskedForAfterIsNot() {
    long before = invalidations.epoch();
    invalidations.add(HOST, "/repos/o/r/issues/1");
    assertThat(invalidations.allows(before, HOST, "/repos/o/r/issues")).isFalse();
    assertThat(invalidations.allows(invalidations.epoch(), HOST, "/repos/o/r/issues")).isTrue();
  }

  @Test
  void neighboursAndOtherHostsAreAllowed() {
    long before = invalidations.epoch();
    invalidations.add(HOST, "/repos/o/r/issues/1");
    assertThat(invalidations.allows(before, HOST, "/repos/o/r/issues/12")).isTrue();
    assertThat(invalidations.allows(before, HOST, "/repos/o/r/issues/1/comments")).isTrue();
    assertThat(invalidations.allows(before, HOST, "/repos/o/r/iss")).isTrue();
    assertThat(invalidations.allows(before, "ghe.example", "/repos/o/r/issues/1")).isTrue();
  }

  @Test
  void afterAllWereDroppedNothingAskedForBeforeIsAllowed() {
    long before = invalidations.epoch();
    invalidations.addAll();
    assertThat(invalidations.allows(before, HOST, "/x")).isFalse();
    assertThat(invalidations.allows(invalidations.epoch(), HOST, "/x")).isTrue();
  }

  @Test
  void anEpochOlderThanWhatIsRememberedIsRefused() {
    long before = invalidations.epoch();
    for (int i = 0; i < Invalidations.MAX_REMEMBERED; i++) {
      invalidations.add(HOST, "/other");
    }
    assertThat(invalidations.allows(before, HOST, "/x")).isTrue();
    invalidations.add(HOST, "/other");
    assertThat(invalidations.allows(before, HOST, "/x")).isFalse();
    assertThat(invalidations.allows(before + 1, HOST, "/x")).isTrue();
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("a", "ab", "b")
        .list()
        .ofMaxSize(4)
        .map(segments -> "/" + String.join("/", segments));
  }

  @Property(tries = 500)
  void neverAllowsWhatALaterInvalidationCovers(
      @ForAll("written") List<String> written,
      @ForAll("paths") String stored,
      @ForAll @IntRange(max = 2200) int others,
      @ForAll @IntRange(max = 20) int asOf) {
    Invalidations log = new Invalidations();
    written.forEach(path -> log.add(HOST, path));
    for (int i = 0; i < others; i++) {
      log.add("other.example", "/");
    }
    boolean covered =
        written.stream()
            .skip(asOf)
            .anyMatch(path -> Invalidations.withParents(path).contains(stored));
    boolean remembered = written.size() + others - asOf <= Invalidations.MAX_REMEMBERED;
    assertThat(log.allows(asOf, HOST, stored)).isEqualTo(!covered && remembered);
  }

  @Provide
  Arbitrary<List<String>> written() {
    return paths().list().ofMaxSize(20);
  }
}
