package io.github.cachemesh.setup.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerEngineTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path temp;
  private CannedEngine canned;

  @BeforeEach
  void start() throws IOException {
    canned = new CannedEngine(temp.resolve("docker.sock"));
  }

  @AfterEach
  void stop() throws IOException {
    canned.close();
  }

  @ParameterizedTest
  @CsvSource({"1.41, 1.41", "1.44, 1.44", "1.52, 1.52", "1.99, 1.52", "2.0, 1.52"})
  void newestVersionThatBothKnowIsSpoken(String offered, String spoken) throws IOException {
    canned.version(offered).answer("GET /info", 200, "{}");

    DockerEngine.connect(canned.socket()).get("/info");

    assertThat(canned.requests()).containsExactly("GET /_ping", "GET /v" + spoken + "/info");
  }

  @Test
  void engineThatIsTooOldIsRefused() {
    canned.version("1.40");

    assertThatThrownBy(() -> DockerEngine.connect(canned.socket()))
        .hasMessageContaining("speaks version 1.40")
        .hasMessageContaining("1.41");
  }

  @Test
  void somethingElseAtTheSocketIsNoEngine() {
    canned.answer("GET /_ping", 200, "hello");

    assertThatThrownBy(() -> DockerEngine.connect(canned.socket()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("names no version");
  }

  @Test
  void refusalIsQuoted() throws IOException {
    canned
        .version("1.41")
        .answer("POST /containers/create", 403, "{\"message\":\"authorization denied\"}");
    DockerEngine engine = DockerEngine.connect(canned.socket());

    assertThatThrownBy(() -> engine.post("/containers/create", Map.of()))
        .isInstanceOf(EngineFailure.class)
        .hasMessage("the Docker engine answered 403: authorization denied");
  }

  @Test
  void linesOfAContainerAreToldFromItsErrors() throws IOException {
    canned.version("1.41").stream(
        "POST /containers/c1/attach",
        frame(1, "first\nsec") + frame(2, "oh\nno\n") + frame(1, "ond\n"));

    try (Attachment streams = DockerEngine.connect(canned.socket()).attach("c1")) {
      assertThat(streams.await(line -> line.startsWith("s"), SOON)).contains("second");
      assertThat(streams.await(_ -> true, SOON)).isEmpty();
      assertThat(streams.lastErrors()).containsExactly("oh", "no");
    }
  }

  @Test
  void ownContainerIsThatWhoseFilesAreMountedHere() throws IOException {
    String id = "a".repeat(64);
    canned.version("1.41").answer("GET /containers/" + id + "/json", 200, container(id, "/out/1"));

    Container own = own("/out/1", id);

    assertThat(own.id()).isEqualTo(id);
    assertThat(own.gateways()).containsEntry("bridge", "172.17.0.1");
    assertThat(own.mounts()).singleElement().extracting(Mount::source).isEqualTo("/home/r/_temp");
  }

  @Test
  void ownContainerIsFoundWhereItSharesTheNetworkOfAnother() throws IOException {
    String job = "b".repeat(64);
    String own = "c".repeat(64);
    canned
        .version("1.41")
        .answer("GET /containers/" + job + "/json", 200, container(job, "none"))
        .answer("GET /containers/" + own + "/json", 200, container(own, "/out/1"))
        .answer(
            "GET /containers/json",
            200,
            "[{\"Id\":\"x\",\"State\":\"running\",\"HostConfig\":{\"NetworkMode\":\"host\"}},"
                + "{\"Id\":\"%s\",\"State\":\"running\",\"HostConfig\":{\"NetworkMode\":\"container:%s\"}}]"
                    .formatted(own, job));

    assertThat(own("/out/1", job).id()).isEqualTo(own);
  }

  @Test
  void engineOfAnotherMachineIsNotOurs() {
    canned.version("1.41").answer("GET /containers/json", 200, "[]");

    assertThatThrownBy(() -> own("/out/1", "d".repeat(64)))
        .hasMessageContaining("does not know this container");
  }

  @Test
  void archiveIsReadByTar() throws Exception {
    Path tar = temp.resolve("files.tar");
    Files.write(
        tar,
        new TarArchive(new TarArchive.Owner(1001, 121), Instant.parse("2026-02-03T12:00:00Z"))
            .folder(".")
            .folder("nodes")
            .file("nodes/a.yml", "x".repeat(600).getBytes())
            .toByteArray());

    Process listing = new ProcessBuilder("tar", "-tvnf", tar.toString()).start();
    List<String> lines = listing.inputReader().lines().toList();

    assertThat(listing.waitFor()).isZero();
    assertThat(lines)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("1001/121", "2026-02-03"));
    assertThat(lines.getLast()).startsWith("-rw-------").contains(" 600 ").endsWith("nodes/a.yml");
  }

  private Container own(String output, String idInMounts) throws IOException {
    Path mountInfo = temp.resolve("mountinfo");
    Files.writeString(
        mountInfo,
        "1 0 0:1 /var/lib/docker/containers/"
            + idInMounts
            + "/hosts /etc/hosts rw - ext4 /dev/a rw");
    return new OwnContainer(DockerEngine.connect(canned.socket()), Map.of("GITHUB_OUTPUT", output))
        .find(mountInfo);
  }

  private static String container(String id, String output) {
    return """
    {"Id":"%s","Name":"/one","Image":"sha256:1","Config":{"Env":["A=b","GITHUB_OUTPUT=%s"]},
     "HostConfig":{"NetworkMode":"bridge"},
     "NetworkSettings":{"Networks":{"bridge":{"Gateway":"172.17.0.1"}}},
     "Mounts":[{"Type":"bind","Source":"/home/r/_temp","Destination":"/github/runner_temp"}]}
    """
        .formatted(id, output);
  }

  private static String frame(int stream, String text) {
    return new String(new char[] {(char) stream, 0, 0, 0, 0, 0, 0, (char) text.length()}) + text;
  }
}
