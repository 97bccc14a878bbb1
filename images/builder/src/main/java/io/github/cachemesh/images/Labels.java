package io.github.cachemesh.images;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What an image says of itself, by the OCI's names. */
final class Labels {
  /** Where in every image the bill of materials of what all of them hold is. */
  static final String BILL_OF_MATERIALS = "/usr/share/doc/cachemesh/sbom.cdx.json";

  private static final String SOURCE = "https://github.com/cachemesh/cachemesh";

  private Labels() {}

  static Map<String, String> of(
      ImagedAction action, String version, String revision, Instant created) {
    Map<String, String> labels = new TreeMap<>();
    Map.of(
            "title",
            action.name(),
            "description",
            action.description(),
            "source",
            SOURCE,
            "documentation",
            SOURCE + "/blob/main/" + action.name() + "/README.md",
            "licenses",
            "Apache-2.0",
            "version",
            version,
            "revision",
            revision,
            "created",
            created.toString())
        .forEach((name, value) -> labels.put("org.opencontainers.image." + name, value));
    labels.put("io.github.cachemesh.sbom", BILL_OF_MATERIALS);
    return labels;
  }
}
