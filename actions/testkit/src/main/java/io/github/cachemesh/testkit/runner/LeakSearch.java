package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Searches what a job left for its secrets, in every form in which the runner masks them. Texts are
 * collected while the job runs and searched at its end, since a value may be masked after it was
 * written. Forms of less than four characters are not searched for: they are everywhere. A file
 * above 256 MiB counts as a leak, as it cannot be searched.
 */
final class LeakSearch {
  private static final long MAX_FILE_BYTES = 256L * 1024 * 1024;

  private static final int MIN_CHARS = 4;

  private static final Pattern ESCAPE = Pattern.compile("\\\\(\\p{Punct})");

  private final Map<String, String> textsByPlace = new LinkedHashMap<>();

  /** Has a text searched; a later one for the same place is added. */
  void add(String place, String text) {
    textsByPlace.merge(place, text, (before, after) -> before + "\n" + after);
  }

  /** Has a text searched as it is and as it is shown: {@code a\_b} shows {@code a_b}. */
  void addMarkdown(String place, String text) {
    add(place, text);
    add(place, ESCAPE.matcher(text).replaceAll("$1"));
  }

  /**
   * The places that hold a secret, in order, without those allowed to.
   *
   * @param folders whose files are searched too; a missing one is empty
   */
  List<String> places(
      Collection<Set<String>> secrets, Collection<Path> folders, Set<String> allowed)
      throws IOException {
    List<String> forms =
        secrets.stream().flatMap(Set::stream).filter(form -> form.length() >= MIN_CHARS).toList();
    List<String> places = new ArrayList<>();
    textsByPlace.forEach(
        (place, text) -> {
          if (!allowed.contains(place) && forms.stream().anyMatch(text::contains)) {
            places.add(place);
          }
        });
    List<String> byteForms = forms.stream().map(LeakSearch::asBytes).toList();
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        String place = "file " + file;
        if (!allowed.contains(place) && holds(file, byteForms)) {
          places.add(place);
        }
      }
    }
    return places;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private static boolean holds(Path file, List<String> byteForms) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      return true;
    }
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    return byteForms.stream().anyMatch(bytes::contains);
  }

  /** The bytes of a text, one character each, so that binary files can be searched too. */
  private static String asBytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
