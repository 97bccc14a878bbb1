package io.github.cachemesh.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ResourceKeyPropertyTest {

  /** Dense in what normalisation looks at. */
  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(
            "/", "/", ".", "..", "%", "%2", "%25", "%41", "%2f", "%2E", "4", "1", "a", "?", "&",
            "=", ";", "~", "é", "\uFF14", "\uD800")
        .list()
        .ofMaxSize(14)
        .map(parts -> "/" + String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings()
        .withChars("abcXYZ019-._~ /é")
        .ofMinLength(1)
        .ofMaxLength(8)
        .filter(word -> !word.equals(".") && !word.equals(".."))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Property
  void normalisationIsIdempotent(@ForAll("targets") String target) {
    ResourceKey once = ResourceKey.of("api.github.com", target, "");
    assertThat(ResourceKey.of(once.host(), once.target(), "")).isEqualTo(once);
  }

  @Property
  void equivalentSpellingsHaveOneKey(@ForAll("words") List<String> words, @ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder plain = new StringBuilder();
    StringBuilder odd = new StringBuilder();
    for (String word : words) {
      plain.append('/').append(encoded(word, null));
      odd.append(random.nextBoolean() ? "/." : "")
          .append(random.nextInt(4) == 0 ? "/x/%2e." : "")
          .append('/')
          .append(encoded(word, random));
    }
    assertThat(ResourceKey.of("API.GITHUB.COM", odd + "?b=1&a=2", ""))
        .isEqualTo(ResourceKey.of("api.github.com", plain + "?a=2&b=%31", ""));
  }

  @Property
  void differentPathsHaveDifferentKeys(
      @ForAll("words") List<String> one, @ForAll("words") List<String> other) {
    ResourceKey first = ResourceKey.of("h", path(one), "");
    ResourceKey second = ResourceKey.of("h", path(other), "");
    assertThat(first.equals(second)).isEqualTo(one.equals(other));
  }

  private static String path(List<String> words) {
    StringBuilder path = new StringBuilder();
    words.forEach(word -> path.append('/').append(encoded(word, null)));
    return path.toString();
  }

  /** Every octet that must be encoded is; with {@code random} others too, in either case. */
  private static String encoded(String word, Random random) {
    StringBuilder text = new StringBuilder();
    for (byte octet : word.getBytes(UTF_8)) {
      boolean unreserved = "abcXYZ019-._~".indexOf(octet) >= 0;
      if (unreserved && (random == null || random.nextBoolean())) {
        text.append((char) octet);
      } else {
        String hex = String.format("%%%02X", octet & 0xFF);
        text.append(random != null && random.nextBoolean() ? hex.toLowerCase(Locale.ROOT) : hex);
      }
    }
    return text.toString();
  }
}
