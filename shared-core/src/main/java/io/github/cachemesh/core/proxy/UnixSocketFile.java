package io.github.cachemesh.core.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket. It is bound under another name, made accessible to its owner alone,
 * and only then given its own name, so that nobody else can connect at any moment. A file that took
 * its place is left alone.
 */
final class UnixSocketFile {
  /** What the JDK takes: one byte less than Linux's {@code sockaddr_un} holds before its NUL. */
  static final int MAX_PATH_BYTES = 106;

  private static final int UNPUBLISHED_DIGITS = 6;

  private final Path path;
  private final Path unpublished;
  private volatile @Nullable Identity published;

  /** Tells a file from another one of its name; a number alone is given again. */
  private record Identity(Object key, FileTime modified) {
    static Identity of(Path file) throws IOException {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Identity(
          Objects.requireNonNull(attributes.fileKey()), attributes.lastModifiedTime());
    }
  }

  private UnixSocketFile(Path path, Path unpublished) {
    this.path = path;
    this.unpublished = unpublished;
  }

  /**
   * Takes a path that is free, or whose listener is gone.
   *
   * @throws IOException when it is too long, in use, or no socket
   */
  static UnixSocketFile claim(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path unpublished = unpublished(absolute);
    if (bytes(absolute) > MAX_PATH_BYTES || bytes(unpublished) > MAX_PATH_BYTES) {
      throw new IOException(
          "socket path %s is too long: it may have %d bytes, and its folder %d"
              .formatted(
                  absolute, MAX_PATH_BYTES, MAX_PATH_BYTES - UNPUBLISHED_DIGITS - "/.".length()));
    }
    UnixSocketFile file = new UnixSocketFile(absolute, unpublished);
    if (Files.exists(absolute)) {
      file.requireDead();
    }
    return file;
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /** A short name that nobody else has: binding fails where it is taken, and replaces nothing. */
  private static Path unpublished(Path path) {
    int number = ThreadLocalRandom.current().nextInt(1 << (4 * UNPUBLISHED_DIGITS));
    return path.resolveSibling("." + HexFormat.of().toHexDigits(number, UNPUBLISHED_DIGITS));
  }

  private void requireDead() throws IOException {
    if (Files.isRegularFile(path) || Files.isDirectory(path)) {
      throw new IOException("socket path " + path + " is taken by something that is no socket");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Else this would wait for a listener whose queue is full.
      probe.configureBlocking(false);
      var _ = probe.connect(UnixDomainSocketAddress.of(path));
      throw new IOException("another process listens on socket " + path);
    } catch (ConnectException e) {
      Files.deleteIfExists(path);
    }
  }

  UnixDomainSocketAddress bindAddress() {
    return UnixDomainSocketAddress.of(unpublished);
  }

  void publish() throws IOException {
    Files.setPosixFilePermissions(unpublished, PosixFilePermissions.fromString("rw-------"));
    Identity identity = Identity.of(unpublished);
    Files.move(unpublished, path, StandardCopyOption.ATOMIC_MOVE);
    published = identity;
  }

  /** Whether clients still find it: it was neither removed nor replaced. */
  boolean isInPlace() {
    try {
      return published != null && Identity.of(path).equals(published);
    } catch (IOException e) {
      return false;
    }
  }

  void remove() {
    try {
      if (published == null) {
        Files.deleteIfExists(unpublished);
      } else if (isInPlace()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // The next node that claims the path finds it dead.
    }
  }
}
