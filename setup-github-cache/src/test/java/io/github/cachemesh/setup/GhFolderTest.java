package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.RunnerEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GhFolderTest {
  private static final Path SOCKET = Path.of("/run/api.sock");

  @TempDir Path temp;
  private Path user;
  private GhFolder folder;

  @BeforeEach
  void prepare() throws IOException {
    user = Files.createDirectories(temp.resolve("user"));
    folder = new GhFolder(temp.resolve("job/gh"));
  }

  @Test
  void userFilesAreCopiedWithTheirModes() throws IOException {
    write("config.yml", "editor: vi\n", "rw-r-----");
    write("hosts.yml", "github.com:\n  user: octocat\n", "rw-------");

    assertThat(folder.create(user)).isEqualTo(new GhFolder.Creation.Created());
    folder.use(SOCKET);

    assertThat(folder.path().resolve("config.yml"))
        .hasContent("editor: vi\nhttp_unix_socket: '/run/api.sock'\n");
    assertThat(mode("config.yml")).isEqualTo("rw-r-----");
    assertThat(folder.path().resolve("hosts.yml"))
        .hasSameTextualContentAs(user.resolve("hosts.yml"));
    assertThat(mode("hosts.yml")).isEqualTo("rw-------");
    assertThat(user.resolve("config.yml")).hasContent("editor: vi\n");
  }

  @Test
  void userWithoutConfigurationGetsOneForHerselfAlone() throws IOException {
    folder.create(user.resolve("missing"));
    folder.use(SOCKET);

    assertThat(folder.path().resolve("config.yml"))
        .hasContent("http_unix_socket: '/run/api.sock'\n");
    assertThat(mode("config.yml")).isEqualTo("rw-------");
  }

  @Test
  void socketThatTheUserSetWins() throws IOException {
    write("config.yml", "http_unix_socket: /run/mine.sock\n", "rw-------");

    assertThat(folder.create(user)).isInstanceOf(GhFolder.Creation.LeftAlone.class);
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void fileThatIsNotUnderstoodIsLeftAlone() throws IOException {
    write("config.yml", "editor: [", "rw-------");

    assertThat(folder.create(user)).isInstanceOf(GhFolder.Creation.LeftAlone.class);
  }

  @Test
  void settingTakenBackLeavesWhatTheJobChangedMeanwhile() throws IOException {
    folder.create(user);
    folder.use(SOCKET);
    Files.writeString(
        folder.path().resolve("config.yml"), "http_unix_socket: /run/api.sock\npager: less\n");

    folder.takeBack(SOCKET);

    assertThat(folder.path().resolve("config.yml"))
        .hasContent("http_unix_socket: ''\npager: less\n");
  }

  @Test
  void anotherSocketThanOursIsNotTakenBack() throws IOException {
    folder.create(user);
    folder.use(Path.of("/run/other.sock"));

    folder.takeBack(SOCKET);

    assertThat(folder.path().resolve("config.yml")).content().contains("/run/other.sock");
  }

  @Test
  void secondUseInAJobKeepsTheCopy() throws IOException {
    write("config.yml", "editor: vi\n", "rw-------");
    folder.create(user);
    folder.use(SOCKET);

    assertThat(folder.create(folder.path())).isEqualTo(new GhFolder.Creation.Created());
    assertThat(folder.path().resolve("config.yml")).content().contains("editor: vi");
  }

  @Test
  void folderThatIsGoneStaysGone() throws IOException {
    folder.use(SOCKET);
    folder.takeBack(SOCKET);

    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void runnerDoesNotTranslateTheExportedPath() {
    assertThat(folder.exported()).startsWith("//").isEqualTo("/" + folder.path());
  }

  @Test
  void configurationIsLookedForWhereGhLooks() {
    Path home = Path.of("/home/runner");
    assertThat(GhFolder.ofUser(new RunnerEnvironment(Map.of()), home))
        .isEqualTo(Path.of("/home/runner/.config/gh"));
    assertThat(GhFolder.ofUser(new RunnerEnvironment(Map.of("XDG_CONFIG_HOME", "/etc/xdg")), home))
        .isEqualTo(Path.of("/etc/xdg/gh"));
    assertThat(
            GhFolder.ofUser(
                new RunnerEnvironment(
                    Map.of("XDG_CONFIG_HOME", "/etc/xdg", "GH_CONFIG_DIR", "/etc/gh")),
                home))
        .isEqualTo(Path.of("/etc/gh"));
  }

  private void write(String name, String content, String mode) throws IOException {
    Files.writeString(user.resolve(name), content);
    Files.setPosixFilePermissions(user.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(folder.path().resolve(name)));
  }
}
