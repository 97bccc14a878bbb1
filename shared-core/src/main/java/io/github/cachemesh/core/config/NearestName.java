package io.github.cachemesh.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a mistyped one most likely meant. */
final class NearestName {
  private static final int MAX_EDITS = 2;
  private static final int MAX_LENGTH = 64;

  private NearestName() {}

  /** The known name that is one edit in three characters away, two at most, if there is one. */
  static Optional<String> of(String mistyped, Collection<String> known) {
    if (mistyped.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int allowedEdits = Math.min(MAX_EDITS, mistyped.length() / 3);
    return known.stream()
        .filter(name -> edits(mistyped, name) <= allowedEdits)
        .min(Comparator.comparingInt(name -> edits(mistyped, name)));
  }

  /** Levenshtein's distance, row by row. */
  private static int edits(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
      }
      above = current;
    }
    return above[to.length()];
  }
}
