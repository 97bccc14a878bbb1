package io.github.cachemesh.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWriterTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path temp;
  private Path base;

  @BeforeEach
  void makeBase() throws Exception {
    byte[] layer = tar(Map.of("etc/base", "of the base"));
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(layer));
    base = temp.resolve("base.tar");
    try (OutputStream file = Files.newOutputStream(base);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
      put(
          tar,
          "manifest.json",
          "[{\"Config\":\"config.json\",\"RepoTags\":[],\"Layers\":[\"layer.tar\"]}]"
              .getBytes(UTF_8));
      put(
          tar,
          "config.json",
          ("{\"architecture\":\"arm64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\","
                  + "\"diff_ids\":[\"sha256:"
                  + digest
                  + "\"]}}")
              .getBytes(UTF_8));
      put(tar, "layer.tar", layer);
    }
  }

  @Test
  void sameTreeGivesTheSameImageInAnotherFolder() throws Exception {
    assertThat(write("one")).hasSameBinaryContentAs(write("two"));
  }

  @Test
  void imageIsForTheMachineOfItsBase() throws Exception {
    ImageArchive image = ImageArchive.read(write("one"));
    assertThat(image.config().get("architecture").asText()).isEqualTo("arm64");
    assertThat(image.layers()).hasSize(2);
  }

  @Test
  void onlyARegistryOfThisMachineMayGoWithoutTls() {
    assertThat(ImageWriter.mayGoWithoutTls("127.0.0.1:5000/x/image:v1")).isTrue();
    assertThat(ImageWriter.mayGoWithoutTls("127.0.0.1.example.com:5000/x/image:v1")).isFalse();
    assertThat(ImageWriter.mayGoWithoutTls("ghcr.io/127.0.0.1:5000/image")).isFalse();
  }

  private Path write(String name) throws Exception {
    Path folder = Files.createDirectory(temp.resolve(name));
    ImageTree tree = new ImageTree(Files.createDirectory(folder.resolve("tree")));
    tree.script(ImageTree.Layer.PROGRAMS, "/cachemesh/run", "#!/bin/sh\n");
    Path archive = folder.resolve("image.tar");
    new ImageWriter(folder.resolve("packed"), CREATED)
        .write(
            base, tree.layers(), "/cachemesh/run", Map.of("label", "value"), "x/image:v1", archive);
    return archive;
  }

  private static byte[] tar(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        put(tar, file.getKey(), file.getValue().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
