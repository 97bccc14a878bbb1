package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The decoded parameters of a request's query; of two with one name the first counts. */
record Query(Map<String, String> parameters) {

  /** Empty where an escape is malformed. */
  static Optional<Query> of(String target) {
    int mark = target.indexOf('?');
    if (mark < 0) {
      return Optional.of(new Query(Map.of()));
    }
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : target.substring(mark + 1).split("&", -1)) {
      String[] sides = parameter.split("=", 2);
      if (sides.length == 2) {
        Optional<String> value = decoded(sides[1]);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        parameters.putIfAbsent(sides[0], value.get());
      }
    }
    return Optional.of(new Query(parameters));
  }

  static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<String> first(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
