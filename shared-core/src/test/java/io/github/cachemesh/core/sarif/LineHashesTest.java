package io.github.cachemesh.core.sarif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class LineHashesTest {
  private static final int WINDOW = 100;

  /** The texts that {@code fingerprints.test.ts} of {@code github/codeql-action} publishes. */
  static final List<Published> published =
      List.of(
          new Published("", "c129715d7a2bc9a3:1"),
          new Published(
              " a\nb\n  \t\tc\n d",
              "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"),
          new Published(
              " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
              "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1"
                  + " b3edc88f2938467e:1 c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1"),
          new Published(
              "Lorem ipsum dolor sit amet.\n".repeat(10),
              "a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4"
                  + " a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6 a7f2ff1481e87703:1"
                  + " a9cf91f7bbf1862b:1 55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1"
                  + " c129715d7a2bc9a3:1"),
          new Published(
              "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
              "e54938cc54b302f1:1 bb609acbe9138d60:1 1131fd5871777f34:1 5c482a0f8b35ea28:1"
                  + " 54517377da7028d2:1 2c644846cb18d53e:1 f1b89f20de0d133:1"
                  + " c129715d7a2bc9a3:1"));

  record Published(String text, String hashes) {}

  static Stream<HashedText> hashedTexts() {
    return HashedText.all();
  }

  @ParameterizedTest
  @FieldSource("published")
  void hashesArePublishedOnes(Published text) throws IOException {
    assertThat(hashes(stream(text.text))).containsExactly(text.hashes.split(" "));
  }

  @ParameterizedTest
  @MethodSource("hashedTexts")
  void hashesAreThoseOfTheAction(HashedText text) throws IOException {
    assertThat(hashes(new ByteArrayInputStream(text.text())))
        .containsExactlyElementsOf(text.hashes());
  }

  @ParameterizedTest
  @MethodSource("hashedTexts")
  void hashesDoNotDependOnHowBytesArrive(HashedText text) throws IOException {
    InputStream oneByOne =
        new ByteArrayInputStream(text.text()) {
          @Override
          public int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(1, length));
          }
        };

    assertThat(hashes(oneByOne)).containsExactlyElementsOf(text.hashes());
  }

  @Test
  void thereAreTextsOfEachKind() {
    assertThat(HashedText.all().map(HashedText::name))
        .hasSizeGreaterThan(100)
        .contains("crlf", "byte order mark", "two, three and four bytes")
        .anyMatch(name -> name.startsWith("invalid"))
        .anyMatch(name -> name.contains("split"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b", " ", "\t", "\n", "\r\n", "\r", "\u00e9", "\u4e2d", "\ud83d\ude00")
        .list()
        .ofMaxSize(300)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 300)
  void hashIsThePolynomialOverTheUnitsFromTheLineStart(@ForAll("texts") String text)
      throws IOException {
    String units =
        text.replaceAll("\r\n|\r", "\n").replaceAll("[ \t]", "") + '\uffff' + "\0".repeat(WINDOW);
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = units.indexOf('\n'); i >= 0; i = units.indexOf('\n', i + 1)) {
      starts.add(i + 1);
    }
    List<String> expected =
        starts.stream().map(start -> polynomial(units.substring(start, start + WINDOW))).toList();

    assertThat(hashes(stream(text)).stream().map(hash -> hash.replaceAll(":.*", "")))
        .containsExactlyElementsOf(expected);
  }

  private static String polynomial(String units) {
    return Long.toHexString(units.chars().asLongStream().reduce(0, (sum, unit) -> sum * 37 + unit));
  }

  @Test
  void onlyLinesThatExistHaveAHash() throws IOException {
    LineHashes hashes = LineHashes.of(stream("a\nb")).orElseThrow();

    assertThat(hashes.count()).isEqualTo(2);
    assertThat(hashes.of(Set.of(-1, 0, 2, 3)).keySet()).containsExactly(2);
  }

  @Test
  void occurrenceCountsTheLinesAboveThatNobodyAskedFor() throws IOException {
    LineHashes hashes = LineHashes.of(stream("same\n".repeat(200))).orElseThrow();

    assertThat(hashes.of(Set.of(50)).get(50).occurrence()).isEqualTo(50);
  }

  @Test
  void textOfTooManyLinesHasNoHashes() throws IOException {
    assertThat(LineHashes.of(lines(LineHashes.MAX_LINES))).isPresent();
    assertThat(LineHashes.of(lines(LineHashes.MAX_LINES + 1))).isEmpty();
  }

  private static InputStream lines(int lines) {
    byte[] ends = new byte[lines - 1];
    Arrays.fill(ends, (byte) '\n');
    return new ByteArrayInputStream(ends);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static List<String> hashes(InputStream text) throws IOException {
    LineHashes hashes = LineHashes.of(text).orElseThrow();
    Set<Integer> all =
        IntStream.rangeClosed(1, hashes.count())
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));
    return hashes.of(all).values().stream().map(LineHash::text).toList();
  }
}
