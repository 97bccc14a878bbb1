package io.github.cachemesh.core.envelope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vectors of project Wycheproof, which lie beside the checkout. */
final class Wycheproof {
  private static final Path FOLDER =
      Path.of(System.getProperty("vectors.dir"), "wycheproof").normalize();

  /**
   * One vector.
   *
   * @param group whose parameters it shares
   */
  record Vector(JsonNode group, JsonNode fields) {
    byte[] bytes(String name) {
      return HexFormat.of().parseHex(fields.get(name).stringValue());
    }

    int number(String name) {
      return fields.get(name).intValue();
    }

    int bits(String name) {
      return group.get(name).intValue();
    }

    boolean valid() {
      return switch (fields.get("result").stringValue()) {
        case "valid" -> true;
        case "invalid" -> false;
        case String other -> throw new AssertionError("no vector was " + other + " before");
      };
    }

    boolean hasFlag(String flag) {
      return fields.get("flags").valueStream().anyMatch(f -> f.stringValue().equals(flag));
    }
  }

  private Wycheproof() {}

  /**
   * Treats each vector of a file, and prints and returns how many were treated how.
   *
   * @param treatment which fails when a vector is not treated as it should be
   */
  static Map<String, Integer> treat(String name, Function<Vector, String> treatment)
      throws IOException {
    Path file = FOLDER.resolve(name + "_test.json");
    if (!Files.isReadable(file)) {
      throw new AssertionError(
          "Wycheproof's %s is missing: put its testvectors_v1 there, or name another place with"
                  .formatted(file)
              + " -Dvectors.dir");
    }
    Map<String, Integer> counts = new TreeMap<>();
    JsonNode all = new JsonMapper().readTree(Files.readAllBytes(file));
    for (JsonNode group : all.get("testGroups")) {
      for (JsonNode fields : group.get("tests")) {
        try {
          counts.merge(treatment.apply(new Vector(group, fields)), 1, Integer::sum);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("%s, tcId %s".formatted(name, fields.get("tcId")), e);
        }
      }
    }
    int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("Wycheproof %s: %d vectors: %s%n", name, sum, counts);
    return counts;
  }
}
