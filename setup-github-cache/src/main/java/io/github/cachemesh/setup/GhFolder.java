package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * gh's configuration in this job: a copy of the user's, in which the socket is set while there is a
 * node behind it. A gh that starts at any moment reads a whole file, since files are replaced by
 * renaming.
 */
final class GhFolder {
  static final String VARIABLE = "GH_CONFIG_DIR";

  private static final String CONFIG = "config.yml";
  private static final String HOSTS = "hosts.yml";

  private final Path folder;

  GhFolder(Path folder) {
    this.folder = folder;
  }

  /** What came of {@link #create}. */
  sealed interface Creation {
    /** The copy is there, without a socket as yet. */
    record Created() implements Creation {}

    /**
     * gh is better left alone.
     *
     * @param reason a sentence
     */
    record LeftAlone(String reason) implements Creation {}
  }

  /** Where gh would read its configuration if it were not for us. */
  static Path ofUser(RunnerEnvironment environment, Path home) {
    return environment
        .variable(VARIABLE)
        .map(Path::of)
        .or(() -> environment.variable("XDG_CONFIG_HOME").map(xdg -> Path.of(xdg, "gh")))
        .orElse(home.resolve(".config").resolve("gh"));
  }

  /**
   * What {@value #VARIABLE} has to be. The runner would translate a path that begins as its own do
   * into one of a container action, where gh would find the setting but no socket: two slashes keep
   * it from that, so there gh finds nothing and goes to GitHub directly.
   */
  String exported() {
    return "/" + folder.toAbsolutePath();
  }

  Path path() {
    return folder;
  }

  /** Copies the user's configuration. */
  Creation create(Path user) throws IOException {
    if (user.toAbsolutePath().equals(folder.toAbsolutePath())) {
      return new Creation.Created();
    }
    Path config = user.resolve(CONFIG);
    String text = "";
    if (Files.exists(config)) {
      try {
        text = Files.readString(config);
      } catch (CharacterCodingException e) {
        return new Creation.LeftAlone(config + " is not UTF-8.");
      }
    }
    Optional<GhConfigText> parsed = GhConfigText.of(text);
    if (parsed.isEmpty()) {
      return new Creation.LeftAlone(config + " is not a YAML mapping.");
    }
    if (parsed.get().socket().isPresent()) {
      return new Creation.LeftAlone(config + " sets http_unix_socket itself, which is kept.");
    }
    PrivateFiles.createFolder(folder);
    for (String name : List.of(CONFIG, HOSTS)) {
      Path original = user.resolve(name);
      if (Files.exists(original)) {
        Files.copy(
            original,
            folder.resolve(name),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
    if (!Files.exists(folder.resolve(CONFIG))) {
      replaceConfig(text, PosixFilePermissions.fromString("rw-------"));
    }
    return new Creation.Created();
  }

  /** Lets gh use the socket from now on, unless the folder is gone or names another one. */
  void use(Path socket) throws IOException {
    change("", socket.toString());
  }

  /** Lets gh go to GitHub directly from now on, unless the folder is gone or names another one. */
  void takeBack(Path socket) throws IOException {
    change(socket.toString(), "");
  }

  private void change(String from, String to) throws IOException {
    Path config = folder.resolve(CONFIG);
    if (!Files.exists(config)) {
      return;
    }
    Optional<GhConfigText> text = GhConfigText.of(Files.readString(config));
    if (text.isPresent() && text.get().socket().orElse("").equals(from)) {
      replaceConfig(text.get().withSocket(to), Files.getPosixFilePermissions(config));
    }
  }

  private void replaceConfig(String text, Set<PosixFilePermission> mode) throws IOException {
    Path draft =
        Files.createTempFile(
            folder,
            CONFIG,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, text, UTF_8);
      Files.setPosixFilePermissions(draft, mode);
      Files.move(draft, folder.resolve(CONFIG), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
