package io.github.cachemesh.core.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, at most {@link #MAX_KEPT} errors and as many warnings. */
final class Problems {
  static final int MAX_KEPT = 100;

  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  void error(Origin origin, String key, String message) {
    add(errors, origin, key, message);
  }

  void warning(Origin origin, String key, String message) {
    add(warnings, origin, key, message);
  }

  private static void add(List<Problem> kept, Origin origin, String key, String message) {
    if (kept.size() < MAX_KEPT - 1) {
      kept.add(new Problem(origin, key, message));
    } else if (kept.size() == MAX_KEPT - 1) {
      kept.add(new Problem(origin, "", "more problems follow that are not listed"));
    }
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  void throwErrors() throws InvalidConfigurationException {
    if (hasErrors()) {
      throw new InvalidConfigurationException(errors);
    }
  }
}
