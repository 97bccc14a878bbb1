package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPlaceTest {
  @TempDir Path temp;

  @Test
  void runnerDoesNotTranslateTheExportedPath() {
    JobPlace place = JobPlace.seenByAll(Path.of("/home/runner/_temp/cachemesh"));

    assertThat(place.exportedGh()).isEqualTo("//home/runner/_temp/cachemesh/gh");
  }

  @Test
  void everyoneWhoUsesTheSocketMustBeAbleToNameIt() {
    Path shortPath = Path.of("/t");
    Path longPath = Path.of("/" + "x".repeat(JobPlace.MAX_SOCKET_BYTES));

    assertThat(new JobPlace(longPath, shortPath, shortPath).socketForSteps())
        .contains(Path.of("/t/api.sock"));
    assertThat(new JobPlace(shortPath, longPath, shortPath).socketForSteps()).isEmpty();
    assertThat(new JobPlace(shortPath, shortPath, longPath).socketForSteps()).isEmpty();
  }

  @Test
  void placeIsLetGoOnce() throws IOException {
    JobPlace place = JobPlace.seenByAll(temp.resolve("cachemesh"));
    place.create();
    place.hold();

    assertThat(place.isHeld()).isTrue();
    assertThat(place.letGo()).isTrue();
    assertThat(place.letGo()).isFalse();
  }

  @Test
  void deletedPlaceLeavesNothing() throws IOException {
    JobPlace place = JobPlace.seenByAll(temp.resolve("shared/job"));
    place.create();
    Files.createFile(place.socketOfSteps());

    place.delete();
    place.delete();

    assertThat(place.own()).doesNotExist();
  }
}
