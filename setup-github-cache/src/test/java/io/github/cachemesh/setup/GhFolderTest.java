package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
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

    assertThat(folder.create(Optional.of(user), SOCKET)).isEqualTo(new GhFolder.Creation.Created());
    folder.on();

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
    folder.create(Optional.of(user.resolve("missing")), SOCKET);
    folder.on();

    assertThat(folder.path().resolve("config.yml"))
        .hasContent("http_unix_socket: '/run/api.sock'\n");
    assertThat(mode("config.yml")).isEqualTo("rw-------");
  }

  @Test
  void socketThatTheUserSetWins() throws IOException {
    write("config.yml", "http_unix_socket: /run/mine.sock\n", "rw-------");

    assertThat(folder.create(Optional.of(user), SOCKET))
        .isInstanceOf(GhFolder.Creation.LeftAlone.class);
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void fileThatIsNotUnderstoodIsLeftAlone() throws IOException {
    write("config.yml", "editor: [", "rw-------");

    assertThat(folder.create(Optional.of(user), SOCKET))
        .isInstanceOf(GhFolder.Creation.LeftAlone.class);
  }

  @Test
  void settingTakenBackLeavesWhatTheJobChangedMeanwhile() throws IOException {
    folder.create(Optional.of(user), SOCKET);
    folder.on();
    Files.writeString(
        folder.path().resolve("config.yml"), "http_unix_socket: /run/api.sock\npager: less\n");

    folder.off();

    assertThat(folder.path().resolve("config.yml"))
        .hasContent("http_unix_socket: ''\npager: less\n");
  }

  @Test
  void anotherSocketThanOursIsNotTakenBack() throws IOException {
    folder.create(Optional.of(user), SOCKET);
    write(folder.path(), "http_unix_socket: /run/other.sock\n");

    folder.off();

    assertThat(folder.path().resolve("config.yml")).content().contains("/run/other.sock");
  }

  @Test
  void invisibleUserConfigurationIsLikeNone() throws IOException {
    assertThat(folder.create(Optional.empty(), SOCKET)).isEqualTo(new GhFolder.Creation.Created());

    assertThat(folder.path().resolve("config.yml")).isEmptyFile();
  }

  @Test
  void socketIsNotSetAgainWhenTheJobIsOver() throws IOException {
    folder.create(Optional.of(user), SOCKET);
    folder.on();

    folder.end();
    folder.on();

    assertThat(folder.path().resolve("config.yml")).hasContent("http_unix_socket: ''");
  }

  @Test
  void folderThatIsGoneStaysGone() throws IOException {
    folder.on();
    folder.off();

    assertThat(folder.path()).doesNotExist();
  }

  private void write(String name, String content, String mode) throws IOException {
    Files.writeString(user.resolve(name), content);
    Files.setPosixFilePermissions(user.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private static void write(Path folder, String config) throws IOException {
    Files.writeString(folder.resolve("config.yml"), config);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(folder.path().resolve(name)));
  }
}
