package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.setup.docker.Container;
import io.github.cachemesh.setup.docker.Mount;
import io.github.cachemesh.setup.docker.TarArchive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerSurroundingsTest {
  @ParameterizedTest
  @CsvSource({"'', 0", "root, 0", "'', 1001", "0:0, 1001", "1001, 1001", "1001:121, 1001"})
  void rootAndTheRunnersUserMayUseWhatIsThere(String stepsUser, int owner) {
    assertThatCode(() -> surroundings(stepsUser).checkUser(new TarArchive.Owner(owner, owner)))
        .doesNotThrowAnyException();
  }

  @Test
  void otherUsersMayNot() {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> surroundings("node").checkUser(new TarArchive.Owner(0, 0)))
        .withMessageContaining("runs as user 'node'");
  }

  private static ContainerSurroundings surroundings(String stepsUser) {
    Path folder = Path.of("/temp");
    return new ContainerSurroundings(
        container(""),
        "installation",
        new Mount("bind", "", "/temp", folder),
        JobPlace.seenByAll(folder),
        Optional.of(container(stepsUser)),
        Optional.empty());
  }

  private static Container container(String user) {
    return new Container("1", "one", "sha256:1", List.of(), user, "bridge", Map.of(), List.of());
  }
}
