package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCommandTest {
  private static final Path JAVA = Path.of("/opt/java/bin/java");

  @Test
  void optionsOfTheImageComeBeforeThoseThatOverrideThem() {
    assertThat(
            new JvmCommand(JAVA, "a.jar:b.jar", Path.of("/app/node.options"))
                .of(List.of("-Xmx32m"), Main.class, List.of("main")))
        .containsExactly(
            "/opt/java/bin/java",
            "@/app/node.options",
            "-Xmx32m",
            "-cp",
            "a.jar:b.jar",
            "io.github.cachemesh.setup.Main",
            "main");
  }

  @Test
  void outsideOfAnImageThereIsNoOptionsFile() {
    assertThat(new JvmCommand(JAVA, "a.jar", null).of(List.of(), Main.class, List.of()))
        .containsExactly("/opt/java/bin/java", "-cp", "a.jar", "io.github.cachemesh.setup.Main");
  }
}
