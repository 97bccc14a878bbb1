package io.github.cachemesh.testkit.runner;

import java.util.Locale;
import java.util.UUID;

/** Names as the runner makes them: of the image what a name may hold, and something random. */
final class ContainerName {
  private static final int SUFFIX_CHARS = 6;

  private ContainerName() {}

  static String ofAction(String image) {
    return sanitized(image) + "_" + hex().substring(0, SUFFIX_CHARS);
  }

  /** Of a job's container or a service. */
  static String ofJob(String image) {
    return hex() + "_" + ofAction(image);
  }

  static String ofNetwork() {
    return "github_network_" + hex();
  }

  private static String sanitized(String image) {
    return image.replaceAll("[^A-Za-z0-9_]", "").replaceFirst("^[0-9]+", "");
  }

  private static String hex() {
    return UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
  }
}
