package io.github.cachemesh.testkit.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns host paths into a container's: only a value that is a mapped path, or lies below one as a
 * whole, is changed; a path within a longer text stays.
 *
 * @param mounts the first that fits is taken
 */
record PathTranslation(List<Mount> mounts) {

  PathTranslation {
    mounts = List.copyOf(mounts);
  }

  String translate(String value) {
    for (Mount mount : mounts) {
      if (value.equals(mount.source()) || value.startsWith(mount.source() + "/")) {
        return mount.target() + value.substring(mount.source().length());
      }
    }
    return value;
  }

  /** The variables with their values translated. */
  Map<String, String> translate(Map<String, String> variables) {
    Map<String, String> translated = new LinkedHashMap<>();
    variables.forEach((name, value) -> translated.put(name, translate(value)));
    return translated;
  }
}
