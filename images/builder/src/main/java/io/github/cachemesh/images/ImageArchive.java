package io.github.cachemesh.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What a Docker archive with one image holds. Immutable.
 *
 * @param layers lowest first
 */
record ImageArchive(JsonNode config, List<PackedLayer> layers) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A layer as it is stored and pulled.
   *
   * @param diffId the digest of what it holds, unpacked
   */
  record PackedLayer(String diffId, long bytes) {}

  static ImageArchive read(Path archive) throws IOException {
    JsonNode manifest = JSON.readTree(entry(archive, "manifest.json")).get(0);
    JsonNode config = JSON.readTree(entry(archive, manifest.get("Config").asText()));
    Map<String, Long> sizes = new HashMap<>();
    try (TarArchiveInputStream tar = open(archive)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        sizes.put(entry.getName(), entry.getSize());
      }
    }
    List<PackedLayer> layers = new ArrayList<>();
    for (JsonNode name : manifest.get("Layers")) {
      layers.add(
          new PackedLayer(
              config.get("rootfs").get("diff_ids").get(layers.size()).asText(),
              sizes.getOrDefault(name.asText(), 0L)));
    }
    return new ImageArchive(config, List.copyOf(layers));
  }

  long bytes() {
    return layers.stream().mapToLong(PackedLayer::bytes).sum();
  }

  private static byte[] entry(Path archive, String name) throws IOException {
    try (TarArchiveInputStream tar = open(archive)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return tar.readAllBytes();
        }
      }
    }
    throw new FileNotFoundException(archive + " holds no " + name);
  }

  private static TarArchiveInputStream open(Path archive) throws IOException {
    InputStream file = Files.newInputStream(archive);
    return new TarArchiveInputStream(new BufferedInputStream(file));
  }
}
