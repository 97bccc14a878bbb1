package io.github.cachemesh.testkit.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("containers")
class DockerTest {
  private static Docker docker;
  private static ImportedImage image;

  @BeforeAll
  static void makeImage() throws Exception {
    docker = DockerDaemon.provide().get();
    image = ImportedImage.forJobs();
  }

  @Test
  void theImageOfThisMachinesProgramsRunsThem() throws Exception {
    String script =
        "node -p 1+1 && gh --version && curl --version && tail -n 0 /dev/null && id -un";
    assertThat(docker.lines("run", "--rm", image.reference(), "bash", "-ec", script))
        .startsWith("2")
        .endsWith("root");
  }

  @Test
  void theImageHasAUserWithAHome() throws Exception {
    assertThat(
            docker.text(
                "run", "--rm", "--user", "runner", image.reference(), "sh", "-c", "id -u; echo ~"))
        .isEqualTo("1001\n/home/runner");
  }

  @Test
  void theImageIsMadeOnce() throws Exception {
    String id = docker.inspect(image.reference()).at("/Id").asString();
    assertThat(ImportedImage.forJobs()).isEqualTo(image);
    assertThat(docker.inspect(image.reference()).at("/Id").asString()).isEqualTo(id);
  }

  @Test
  void variablesReachAContainerByName() throws Exception {
    List<String> run = List.of("run", "--rm", "-e", "SECRET", image.reference(), "printenv");
    assertThat(docker.call(run, Map.of("SECRET", "a b")).output()).contains("SECRET=a b\n");
  }

  @Test
  void theStateListsWhatWasMade() throws Exception {
    DockerState before = docker.state();
    String network = "testkit-state-net";
    String volume = "testkit-state-volume";
    String container = "testkit-state-container";
    docker.text("network", "create", network);
    docker.text("volume", "create", volume);
    docker.text("create", "--name", container, image.reference());
    docker.text("tag", image.reference(), "testkit-state-image:1");
    DockerState made = docker.state().minus(before);
    docker.text("rm", container);
    docker.text("volume", "rm", volume);
    docker.text("network", "rm", network);
    docker.text("rmi", "testkit-state-image:1");

    assertThat(made.containers()).contains(container);
    assertThat(made.networks()).contains(network);
    assertThat(made.volumes()).contains(volume);
    assertThat(made.images()).contains("testkit-state-image:1");
  }

  @Test
  void theStateOfALabelListsNothingElse() throws Exception {
    docker.text("volume", "create", "--label", "testkit-label", "testkit-labelled");
    docker.text("volume", "create", "testkit-plain");
    DockerState labelled = docker.state("testkit-label");
    docker.text("volume", "rm", "testkit-labelled", "testkit-plain");
    assertThat(labelled)
        .isEqualTo(new DockerState(Set.of(), Set.of(), Set.of("testkit-labelled"), Set.of()));
  }

  @Test
  void aFailedCommandGivesDockersWords() {
    assertThatIllegalStateException()
        .isThrownBy(() -> docker.text("inspect", "testkit-nothing"))
        .withMessageContaining("testkit-nothing");
  }
}
