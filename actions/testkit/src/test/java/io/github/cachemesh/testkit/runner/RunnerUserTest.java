package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A runner that is not root's, beside container actions that are. */
@Tag("containers")
class RunnerUserTest {
  @RegisterExtension final ContainerBench bench = new ContainerBench();

  @TempDir Path root;
  private EmulatedRunner runner;

  @BeforeEach
  void installRunner() throws Exception {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    runner = bench.runnerIn(root.resolve("runner")).owner(1001, 1002);
  }

  @Test
  void hostStepsRunAsTheOwnerOfTheFolders() throws Exception {
    String script =
        "id -u; id -G; cd $RUNNER_TEMP; stat -c %u:%g . .. $GITHUB_ENV; touch a $HOME/b";
    JobResult result = runner.run(Job.named("build").run("s", "sh", "-ec", script));
    assertThat(result.step("s").log()).isEqualTo("1001\n1002\n1001:1002\n1001:1002\n1001:1002\n");
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void anActionIsRootAndTheOwnerMayDeleteItsFiles() throws Exception {
    JobResult result =
        runner.run(
            Job.named("build")
                .uses("a", bench.action("touch $RUNNER_TEMP/file; id -u"), Map.of())
                .run("s", "stat", "-c", "%u", "${{ runner.temp }}/file"));
    assertThat(result.step("a").log()).isEqualTo("0\n");
    assertThat(result.step("s").log()).isEqualTo("0\n");
    assertThat(runner.folders().temp()).isEmptyDirectory();
  }

  @Test
  void aFolderThatTheOwnerCannotEmptyFailsTheJob() throws Exception {
    Job job =
        Job.named("build")
            .uses("a", bench.action("mkdir $RUNNER_TEMP/d; touch $RUNNER_TEMP/d/file"), Map.of());
    assertThatIOException()
        .isThrownBy(() -> runner.run(job))
        .withMessageContaining("User 1001 cannot empty")
        .withMessageContaining("/d/file");
  }
}
