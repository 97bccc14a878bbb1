package io.github.cachemesh.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache is used, and is that of these very jars. */
@Tag("containers")
@TestInstance(Lifecycle.PER_CLASS)
class AotCacheTest {
  private static final String JAVA = "/opt/java/bin/java";
  private static final String STRICT = "-XX:AOTMode=on";

  private Docker docker;

  @BeforeAll
  void load() throws Exception {
    docker = Docker.load(BuiltImages.anyArchive());
  }

  @AfterAll
  void remove() throws Exception {
    docker.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfProcessAcceptsIt(JavaOptions.Process process) throws Exception {
    assertThat(docker.run(List.of(), JAVA, "@" + process.path(), STRICT, "-version").exitCode())
        .isZero();
  }

  @Test
  void strictStartFailsWhereItIsRefused() throws Exception {
    Docker.Result result =
        docker.run(
            List.of(), JAVA, "@/app/step.options", "-classpath", "/app/lib", STRICT, "-version");
    assertThat(result.exitCode()).as(result.output()).isNotZero();
  }

  @Test
  void classesOfActionsAndNodeComeFromIt() throws Exception {
    String loaded =
        docker
            .run(
                List.of(),
                JAVA,
                "@/app/step.options",
                "-Xlog:class+load:stdout",
                "io.github.cachemesh.core.cli.Main",
                "version")
            .output();
    assertThat(loaded)
        .containsPattern("picocli.CommandLine source: shared objects file")
        .containsPattern("io.github.cachemesh.setup.SetupGithubCache source: shared objects file")
        .containsPattern("io.netty.channel.nio.NioIoHandler source: shared objects file")
        .containsPattern("okhttp3.OkHttpClient source: shared objects file")
        .containsPattern("tools.jackson.databind.json.JsonMapper source: shared objects file");
  }

  @Test
  void jarsAreThoseOfTheTraining() throws Exception {
    Docker.Result result = docker.run(List.of(), "/bin/sha256sum", "-c", TrainedJars.PATH);
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(docker.run(List.of(), "/bin/ls", ClassPath.FOLDER).output().lines())
        .hasSize((int) result.output().lines().count());
  }

  /** JDK-8377932: the JVM itself would run what is in the cache. */
  @Test
  void changedConstantInAJarIsSeen(@TempDir Path temp) throws Exception {
    String jar = ClassPath.FOLDER + sharedCore();
    Path original = copy(jar, temp.resolve("original.jar"));
    Path changed = temp.resolve("changed.jar");
    changeConstant(original, changed, "Run a cache node until", "Run a cache NODE until");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.ofEpochSecond(1)));
    assertThat(changed).hasSize(Files.size(original));

    Docker.Result result =
        docker.run(
            List.of("-v", changed + ":" + jar + ":ro"), "/bin/sha256sum", "-c", TrainedJars.PATH);

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).contains(jar + ": FAILED");
  }

  private String sharedCore() throws Exception {
    return docker
        .run(List.of(), "/bin/ls", ClassPath.FOLDER)
        .output()
        .lines()
        .filter(name -> name.startsWith("shared-core-"))
        .findFirst()
        .orElseThrow();
  }

  private Path copy(String path, Path to) throws Exception {
    String container = docker.start(List.of(), "/bin/true");
    try {
      Docker.succeed("cp", container + ":" + path, to.toString());
    } finally {
      Docker.succeed("rm", "-f", container);
    }
    return to;
  }

  private static void changeConstant(Path jar, Path to, String from, String replacement)
      throws IOException {
    int changes = 0;
    try (ZipFile in = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to), UTF_8)) {
      out.setMethod(ZipOutputStream.STORED);
      for (ZipEntry entry : Collections.list(in.entries())) {
        // One byte a character and back, so that nothing but the constant changes.
        String content = new String(in.getInputStream(entry).readAllBytes(), ISO_8859_1);
        byte[] changed = content.replace(from, replacement).getBytes(ISO_8859_1);
        changes += content.contains(from) ? 1 : 0;
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        copy.setSize(changed.length);
        CRC32 checksum = new CRC32();
        checksum.update(changed);
        copy.setCrc(checksum.getValue());
        out.putNextEntry(copy);
        out.write(changed);
      }
    }
    assertThat(changes).isEqualTo(1);
  }
}
