package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.InheritedOwner;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * gh's configuration in a job: a copy of the user's, in which the socket is set while there is a
 * node behind it. Which socket that is lies beside it until the job's end, so that whoever sees the
 * node come back can set it again. A gh that starts at any moment reads a whole file, since files
 * are replaced by renaming.
 */
final class GhFolder {
  static final String VARIABLE = "GH_CONFIG_DIR";

  private static final String CONFIG = "config.yml";
  private static final String HOSTS = "hosts.yml";
  private static final String SOCKET = "cachemesh-socket";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

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

  Path path() {
    return folder;
  }

  /**
   * Copies the user's configuration.
   *
   * @param user where that is, as far as this process can see it; need not exist
   * @param socket as gh will see it
   */
  Creation create(Optional<Path> user, Path socket) throws IOException {
    Optional<Path> config = user.map(path -> path.resolve(CONFIG)).filter(Files::exists);
    String text = "";
    if (config.isPresent()) {
      try {
        text = Files.readString(config.get());
      } catch (CharacterCodingException e) {
        return new Creation.LeftAlone(config.get() + " is not UTF-8.");
      }
    }
    Optional<GhConfigText> parsed = GhConfigText.of(text);
    if (parsed.isEmpty()) {
      return new Creation.LeftAlone(config.orElseThrow() + " is not a YAML mapping.");
    }
    if (parsed.get().socket().isPresent()) {
      return new Creation.LeftAlone(
          config.orElseThrow() + " sets http_unix_socket itself, which is kept.");
    }
    PrivateFiles.createFolder(folder);
    InheritedOwner.give(folder);
    replace(
        CONFIG,
        text,
        config.isPresent() ? Files.getPosixFilePermissions(config.get()) : OWNER_ONLY);
    Files.deleteIfExists(folder.resolve(HOSTS));
    Optional<Path> hosts = user.map(path -> path.resolve(HOSTS)).filter(Files::exists);
    if (hosts.isPresent()) {
      Path copy = folder.resolve(HOSTS);
      Files.copy(hosts.get(), copy, StandardCopyOption.COPY_ATTRIBUTES);
      InheritedOwner.give(copy);
    }
    replace(SOCKET, socket.toString(), OWNER_ONLY);
    return new Creation.Created();
  }

  /**
   * Lets gh use the socket from now on, unless the job is over or gh uses another one. A job that
   * ends at this moment, see {@link #end}, drops the socket's name before it looks at the setting;
   * looking at the name last, one of both sees the other.
   */
  void on() throws IOException {
    Optional<String> socket = socket();
    if (socket.isPresent()) {
      change("", socket.get());
      if (socket().isEmpty()) {
        change(socket.get(), "");
      }
    }
  }

  /** Lets gh go to GitHub directly from now on, unless it uses another socket. */
  void off() throws IOException {
    Optional<String> socket = socket();
    if (socket.isPresent()) {
      change(socket.get(), "");
    }
  }

  /** Lets gh go to GitHub directly for good. */
  void end() throws IOException {
    Optional<String> socket = socket();
    if (socket.isPresent()) {
      Files.deleteIfExists(folder.resolve(SOCKET));
      change(socket.get(), "");
    }
  }

  private Optional<String> socket() throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(SOCKET)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void change(String from, String to) throws IOException {
    Path config = folder.resolve(CONFIG);
    if (!Files.exists(config)) {
      return;
    }
    Optional<GhConfigText> text = GhConfigText.of(Files.readString(config));
    if (text.isPresent() && text.get().socket().orElse("").equals(from)) {
      replace(CONFIG, text.get().withSocket(to), Files.getPosixFilePermissions(config));
    }
  }

  private void replace(String name, String text, Set<PosixFilePermission> mode) throws IOException {
    Path draft =
        Files.createTempFile(
            folder, name, ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(draft, text, UTF_8);
      Files.setPosixFilePermissions(draft, mode);
      InheritedOwner.give(draft);
      Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
