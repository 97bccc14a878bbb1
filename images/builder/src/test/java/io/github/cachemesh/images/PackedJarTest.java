package io.github.cachemesh.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** picocli's own jar is the example: its classes are of Java 5. */
class PackedJarTest {
  private static final int MAJOR_VERSION_OFFSET = 7;

  @TempDir private Path temp;
  private Path original;
  private Path packed;

  @BeforeEach
  void pack() throws Exception {
    original =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    packed = temp.resolve("packed.jar");
    PackedJar.write(original, packed);
  }

  @Test
  void sameJarGivesTheSameBytes() throws Exception {
    Path again = temp.resolve("again.jar");
    PackedJar.write(original, again);
    assertThat(again).hasSameBinaryContentAs(packed);
  }

  @Test
  void entriesAreTheSameAndNotCompressed() throws Exception {
    try (ZipFile before = new ZipFile(original.toFile());
        ZipFile after = new ZipFile(packed.toFile())) {
      assertThat(Collections.list(after.entries()))
          .allSatisfy(entry -> assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED))
          .extracting(ZipEntry::getName)
          .containsExactlyElementsOf(
              Collections.list(before.entries()).stream().map(ZipEntry::getName).toList());
    }
  }

  @Test
  void signaturesAreDroppedAndNothingElseIs() throws Exception {
    Path signed = temp.resolve("signed.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(signed))) {
      for (String name :
          List.of("META-INF/MANIFEST.MF", "META-INF/A.SF", "META-INF/a.rsa", "META-INF/x/B.SF")) {
        out.putNextEntry(new ZipEntry(name));
      }
    }
    PackedJar.write(signed, packed);
    try (ZipFile zip = new ZipFile(packed.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly("META-INF/MANIFEST.MF", "META-INF/x/B.SF");
    }
  }

  @Test
  void everyClassIsNewEnoughForAnAotCacheAndIsVerified() throws Exception {
    try (ZipFile jar = new ZipFile(packed.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {packed.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
          assertThat(jar.getInputStream(entry).readAllBytes()[MAJOR_VERSION_OFFSET])
              .as(name)
              .isGreaterThanOrEqualTo((byte) 50);
          // Initialising verifies its code against the stack maps.
          Class.forName(name.replace(".class", "").replace('/', '.'), true, loader);
        }
      }
    }
  }
}
