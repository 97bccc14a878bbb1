package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.actions.InheritedOwner;
import io.github.cachemesh.core.service.Lease;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder (0700) of this step's secrets as files (0600), which belong to whom the folder above
 * belongs, the runner's user. Its name cannot be guessed, and it is never one that was there.
 */
final class SecretFolder {
  private static final Pattern NAME = Pattern.compile("cachemesh-credentials-[0-9a-f]{16}");
  private static final int RANDOM_BYTES = 8;
  // No credential's: names have no dot.
  private static final String LEASES = ".leases";
  private static final int MAX_LEASES_BYTES = 1 << 20;

  private final JobTemp temp;
  private final String name;

  private SecretFolder(JobTemp temp, String name) {
    this.temp = temp;
    this.name = name;
  }

  /** One that is not there yet. */
  static SecretFolder fresh(JobTemp temp, RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new SecretFolder(temp, "cachemesh-credentials-" + HexFormat.of().formatHex(bytes));
  }

  /**
   * The one that main named; nothing else is ever deleted, whoever changed the name since.
   *
   * @throws IllegalArgumentException when it is no name of such a folder
   */
  static SecretFolder named(JobTemp temp, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no folder of this action: " + name);
    }
    return new SecretFolder(temp, name);
  }

  String name() {
    return name;
  }

  private Path here() {
    return temp.here().resolve(name);
  }

  /**
   * Makes it.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  void create() throws IOException {
    Files.createDirectory(
        here(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    InheritedOwner.give(here());
  }

  /**
   * Writes a secret.
   *
   * @return its path as the steps know it
   */
  Path write(String file, byte[] secret) throws IOException {
    create(file, secret);
    InheritedOwner.give(here().resolve(file));
    return temp.ofSteps().resolve(name).resolve(file);
  }

  /** Keeps what ends the credentials; for this action's own post, so it stays the action's. */
  void keep(List<Lease> leases) throws IOException {
    String lines = String.join("\n", leases.stream().map(Lease::text).toList());
    create(LEASES, lines.getBytes(US_ASCII));
  }

  private void create(String file, byte[] content) throws IOException {
    Instant made = Files.getLastModifiedTime(here()).toInstant();
    if (!PrivateFiles.create(here().resolve(file), made, ByteBuffer.wrap(content))) {
      throw new FileAlreadyExistsException(here().resolve(file).toString());
    }
  }

  /**
   * What was kept; none where nothing was.
   *
   * @throws IOException when it cannot be read, or is not what was kept
   */
  List<Lease> leases() throws IOException {
    Path file = here().resolve(LEASES);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    if (Files.size(file) > MAX_LEASES_BYTES) {
      throw new IOException("the file of leases was changed");
    }
    try {
      return Files.readString(file, US_ASCII).lines().map(Lease::parse).toList();
    } catch (IllegalArgumentException _) {
      throw new IOException("the file of leases was changed");
    }
  }

  /** Deletes it with all that is in it; links in it are deleted and not followed. */
  void delete() throws IOException {
    if (!Files.exists(here(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> tree = Files.walk(here())) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
