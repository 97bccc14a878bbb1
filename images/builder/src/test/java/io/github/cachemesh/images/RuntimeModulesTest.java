package io.github.cachemesh.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of the runtime's modules is what the class path refers to: no more and no less. */
@Tag("containers")
class RuntimeModulesTest {
  @Test
  void listIsWhatJdepsFinds(@TempDir Path classes) throws Exception {
    Set<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(BuiltImages.PROJECT.resolve("images/src/base/modules"))) {
      if (!line.startsWith("#")) {
        listed.add(line.split(" ", 2)[0].replaceFirst("^-", ""));
      }
    }
    assertThat(modulesOfTheClassPath(classes)).isEqualTo(listed);
  }

  /** jdeps takes modular jars for modules and then wants all of theirs, so it gets classes. */
  private static Set<String> modulesOfTheClassPath(Path classes) throws Exception {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(BuiltImages.FOLDER.resolve("lib"), "*.jar")) {
      for (Path jar : jars) {
        unpack(jar, classes);
      }
    }
    StringWriter found = new StringWriter();
    StringWriter problems = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            new PrintWriter(found),
            new PrintWriter(problems),
            "--ignore-missing-deps",
            "-s",
            classes.toString());
    Set<String> modules = new TreeSet<>();
    for (String line : found.toString().lines().toList()) {
      String module = line.replaceFirst(".* -> ", "");
      if (module.startsWith("java.") || module.startsWith("jdk.")) {
        modules.add(module);
      }
    }
    assertThat(modules).as(problems.toString()).contains("java.base");
    return modules;
  }

  private static void unpack(Path jar, Path folder) throws Exception {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
          Path file = folder.resolve(name);
          Files.createDirectories(file.resolveSibling(""));
          Files.write(file, zip.getInputStream(entry).readAllBytes());
        }
      }
    }
  }
}
