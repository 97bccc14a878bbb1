package io.github.cachemesh.actions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The single lines that have to be masked for secrets. None has a line break: the runner would mask
 * each line of it, and a lone brace that is masked spoils every log.
 *
 * <p>Of a secret: the line that it is, or each trimmed line of at least four characters, and the
 * {@linkplain EncodedForms encoded forms} of the whole. Lines that are shorter are shown, unless a
 * secret consists of nothing else: three characters give little away, while masking them everywhere
 * spoils the log and, by the holes in known text, shows what they are.
 *
 * <p>GitHub's runner derives forms of each line itself. nektos/act derives none, so it gets them;
 * prints a mask that holds {@code ::} instead of taking it, so it gets the pieces between; and
 * replaces masks one after the other, so longer ones go first.
 */
final class MaskedParts {
  private static final int MIN_CHARS = 4;

  /** What keeps act's parser from seeing the command. */
  private static final Pattern COLONS = Pattern.compile("::+|^:+");

  /** What act may take for a line break besides: it undoes escapes in any order. */
  private static final Pattern COLONS_OR_ESCAPES = Pattern.compile("::+|^:+|%0[AD]:*");

  /** What runners undo when a later step prints the secret in a command of its own. */
  private static final Pattern ESCAPES = Pattern.compile("%0[AD]|%25");

  private MaskedParts() {}

  /**
   * The parts of all these secrets, in the order in which they are to be masked.
   *
   * @param act whether the runner is known to be act. Its descendants do not say who they are, so
   *     every runner gets the pieces between colons before the whole
   */
  static List<String> of(Collection<String> secrets, boolean act) {
    Pattern breaks = act ? COLONS_OR_ESCAPES : COLONS;
    Set<String> parts = new LinkedHashSet<>();
    Set<String> broken = new LinkedHashSet<>();
    for (String secret : secrets) {
      for (String part : of(secret, act)) {
        if (breaks.matcher(part).find()) {
          broken.add(part);
          parts.addAll(longEnough(breaks.splitAsStream(part)));
        } else {
          parts.add(part);
        }
      }
    }
    List<String> ordered = new ArrayList<>(parts);
    ordered.sort(Comparator.comparing(String::length).reversed());
    if (!act) {
      ordered.addAll(broken);
    }
    return ordered;
  }

  private static Set<String> of(String secret, boolean act) {
    Collection<String> lines = longEnough(secret.lines());
    Set<String> parts = new LinkedHashSet<>(lines);
    lines.forEach(line -> parts.addAll(longEnough(ESCAPES.splitAsStream(line))));
    String whole = secret.strip();
    // White space before the secret moves the line breaks.
    for (String start : List.of(whole, secret.stripTrailing())) {
      parts.addAll(longEnough(EncodedForms.inBase64Lines(start).stream()));
    }
    parts.addAll(longEnough(EncodedForms.inOneLine(whole).stream()));
    if (act) {
      lines.forEach(line -> parts.addAll(longEnough(EncodedForms.inOneLine(line).stream())));
    }
    return parts;
  }

  private static Collection<String> longEnough(Stream<String> texts) {
    List<String> all = texts.map(String::strip).filter(text -> !text.isEmpty()).toList();
    List<String> enough = all.stream().filter(text -> text.length() >= MIN_CHARS).toList();
    return enough.isEmpty() ? all : enough;
  }
}
