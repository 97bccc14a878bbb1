package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OrphanProcessesTest {
  private static final String ID = "github_orphan_test";

  @TempDir private Path folder;

  @Test
  void processesAreFoundWhileTheyReplaceTheirProgram() throws Exception {
    Path script = Files.writeString(folder.resolve("again.sh"), "exec sh \"$0\"\n");
    List<Process> replacing = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        replacing.add(start(script));
      }
      assertThat(new OrphanProcesses(ID).kill())
          .containsExactlyInAnyOrderElementsOf(replacing.stream().map(Process::pid).toList());
    } finally {
      replacing.forEach(Process::destroyForcibly);
    }
  }

  private static Process start(Path script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
    builder.environment().put(OrphanProcesses.VARIABLE, ID);
    return builder.start();
  }
}
