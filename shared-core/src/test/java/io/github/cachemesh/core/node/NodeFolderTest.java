package io.github.cachemesh.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeFolderTest {
  private static final long OWN_PID = ProcessHandle.current().pid();

  /** Above the greatest that Linux gives. */
  private static final long NO_PID = 1L << 30;

  @TempDir Path cacheDir;

  private static NodeState node(String id, long pid, Instant startedAt) {
    return new NodeState(
        id, "1", pid, null, startedAt, "http://127.0.0.1:1", null, "/cache", null, "00ff");
  }

  private NodeFolder folder() {
    return new NodeFolder(cacheDir);
  }

  private Path file(String name) {
    return cacheDir.resolve("nodes").resolve(name);
  }

  @Test
  void folderThatIsNotThereHasNoNodes() throws IOException {
    assertThat(new NodeFolder(cacheDir.resolve("none")).running()).isEmpty();
  }

  @Test
  void latestNodeComesFirst() throws IOException {
    Instant now = Instant.now();
    folder().publish(node("old", OWN_PID, now));
    folder().publish(node("new", OWN_PID, now.plusSeconds(1)));
    assertThat(folder().running()).extracting(NodeState::id).containsExactly("new", "old");
  }

  @Test
  void stateSurvivesItsFile() throws IOException {
    NodeState state = node("a", OWN_PID, Instant.parse("2030-01-01T00:00:00.123456789Z"));
    folder().publish(state);
    assertThat(folder().running()).containsExactly(state);
  }

  @Test
  void stateIsForItsOwnerAlone() throws IOException {
    folder().publish(node("a", OWN_PID, Instant.now()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("a.json"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(""))))
        .isEqualTo("rwx------");
  }

  @Test
  void deadNodeIsForgottenWithItsLogs() throws IOException {
    folder().publish(node("dead", NO_PID, Instant.now()));
    Files.createFile(folder().log("dead"));
    Files.createFile(file("dead.log.1"));
    assertThat(folder().running()).isEmpty();
    try (var left = Files.list(file(""))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void nodeInAnotherContainerIsLeftAloneWhateverItsNumberMeansHere() throws IOException {
    NodeState here = node("a", NO_PID, Instant.now());
    NodeState there =
        new NodeState(
            "there",
            here.version(),
            NO_PID,
            "pid:[1]",
            here.startedAt(),
            here.url(),
            null,
            here.cacheDir(),
            null,
            "00ff");
    folder().publish(there);

    assertThat(folder().running()).isEmpty();
    assertThat(file("there.json")).exists();
  }

  @Test
  void processThatGotTheNumberLaterIsNotTheNode() throws IOException {
    Instant longAgo = ProcessHandle.current().info().startInstant().orElseThrow();
    folder().publish(node("a", OWN_PID, longAgo.minus(Duration.ofHours(1))));
    assertThat(folder().running()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"id\":\"x\",\"pid\":1}", "{\"id\":"})
  void damagedStateIsNoNode(String content) throws IOException {
    folder().create();
    Files.writeString(file("x.json"), content);
    assertThat(folder().running()).isEmpty();
    assertThat(file("x.json")).doesNotExist();
  }

  @Test
  void withdrawnNodeIsNotFound() throws IOException {
    folder().publish(node("a", OWN_PID, Instant.now()));
    folder().withdraw("a");
    assertThat(folder().running()).isEmpty();
  }

  @Test
  void stateDoesNotShowItsToken() {
    assertThat(node("a", OWN_PID, Instant.now()).toString()).doesNotContain("00ff");
  }

  @Test
  void folderOfANodeIsNoStateFile() throws Exception {
    Files.createDirectories(file("a.json"));
    folder().publish(node("b", OWN_PID, Instant.now()));
    assertThat(folder().running()).extracting(NodeState::id).containsExactly("b");
    assertThat(file("a.json")).isDirectory();
  }

  @Test
  void stateOfThisProcessIsThatOfOneThatHadItsNumber() throws Exception {
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    folder().publish(node("crashed", OWN_PID, Instant.now()));
    folder().publish(node("alive", parent, Instant.now()));

    assertThat(folder().runsElsewhere("crashed")).isFalse();
    assertThat(folder().runsElsewhere("alive")).isTrue();
    assertThat(folder().runsElsewhere("other")).isFalse();
  }
}
