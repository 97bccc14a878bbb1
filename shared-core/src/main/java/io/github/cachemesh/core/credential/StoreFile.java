package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.SigningKey;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store's bytes on disk, read whole and replaced whole. Whatever refuses them names the file.
 *
 * @param path where links lead to, so that the file itself is replaced
 */
record StoreFile(Path path, InstantSource clock) {
  /**
   * A manifest with the file that it is in.
   *
   * @param digest SHA-256 of the file, in hexadecimal
   * @param stamp of the file before it was read or after it was written
   */
  record Read(Path path, ManifestText.Signed signed, String digest, Stamp stamp) {
    /** A refusal that names the file. */
    StoreRefusedException refused(Fault fault, String why) {
      return StoreFile.refused(path, fault, why);
    }

    Manifest manifest() {
      return signed.manifest();
    }
  }

  /** By which a file that was replaced is told from the one before. */
  record Stamp(@Nullable Object key, FileTime modified, long bytes) {
    static Stamp of(Path path) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    }
  }

  static StoreFile of(Path file, InstantSource clock) throws IOException {
    return new StoreFile(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), clock);
  }

  /**
   * Reads and checks it.
   *
   * @throws StoreRefusedException when there is none, or it is not whole and signed
   */
  Read read() throws IOException {
    try {
      Stamp stamp = Stamp.of(path);
      return checked(bytes(), stamp);
    } catch (NoSuchFileException _) {
      throw missing();
    }
  }

  private Read checked(byte[] bytes, Stamp stamp) throws StoreRefusedException {
    try {
      return new Read(path, ManifestText.read(bytes), digest(bytes), stamp);
    } catch (StoreRefusedException e) {
      throw refused(path, e.fault(), Objects.requireNonNull(e.getMessage()));
    }
  }

  /** Reads it, unless it is missing or refused. */
  Optional<Read> readIfWhole() throws IOException {
    try {
      return Optional.of(read());
    } catch (StoreRefusedException _) {
      return Optional.empty();
    }
  }

  private static StoreRefusedException refused(Path path, Fault fault, String why) {
    return new StoreRefusedException(fault, "%s is refused: %s".formatted(path, why));
  }

  private StoreRefusedException missing() {
    return new StoreRefusedException(
        Fault.MISSING,
        "there is no store at %s: cachemesh credentials init makes one".formatted(path));
  }

  private byte[] bytes() throws IOException {
    try (InputStream input = Files.newInputStream(path)) {
      byte[] bytes = input.readNBytes(StoreFormat.MAX_FILE_BYTES + 1);
      if (bytes.length > StoreFormat.MAX_FILE_BYTES) {
        throw refused(
            path,
            Fault.OUT_OF_BOUNDS,
            "it has more than %d bytes".formatted(StoreFormat.MAX_FILE_BYTES));
      }
      return bytes;
    }
  }

  /** Writes what was read to another file, in place of any that is there. */
  void copyTo(Path target, Read read) throws IOException {
    PrivateFiles.replace(target, clock.instant(), ByteBuffer.wrap(read.signed().bytes()));
  }

  /**
   * Replaces it.
   *
   * @return what was written
   */
  Read replace(Manifest manifest, SigningKey writer) throws IOException {
    ManifestText.Signed signed = ManifestText.sign(manifest, writer);
    byte[] bytes = bounded(signed);
    PrivateFiles.replace(path, clock.instant(), ByteBuffer.wrap(bytes));
    return new Read(path, signed, digest(bytes), Stamp.of(path));
  }

  /**
   * Writes it for the first time.
   *
   * @throws StoreRefusedException {@link Fault#EXISTS} when it is there
   */
  void create(Manifest manifest, SigningKey writer) throws IOException {
    byte[] bytes = bounded(ManifestText.sign(manifest, writer));
    if (!PrivateFiles.create(path, clock.instant(), ByteBuffer.wrap(bytes))) {
      throw exists();
    }
  }

  /**
   * @throws StoreRefusedException {@link Fault#EXISTS} when it is there
   */
  void checkAbsent() throws StoreRefusedException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw exists();
    }
  }

  private StoreRefusedException exists() {
    return new StoreRefusedException(
        Fault.EXISTS, "%s is there: name another file".formatted(path));
  }

  private static byte[] bounded(ManifestText.Signed signed) throws StoreRefusedException {
    byte[] bytes = signed.bytes();
    if (bytes.length > StoreFormat.MAX_FILE_BYTES) {
      throw new StoreRefusedException(
          Fault.OUT_OF_BOUNDS,
          "the store would have %d bytes; %d are allowed"
              .formatted(bytes.length, StoreFormat.MAX_FILE_BYTES));
    }
    return bytes;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
