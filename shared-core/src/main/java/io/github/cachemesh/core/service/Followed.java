package io.github.cachemesh.core.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What some files say together, followed as they change: what holds is always what was whole, the
 * last of it. Of each file at most {@value #MAX_BYTES} bytes are read. Thread-safe.
 */
final class Followed<T> {
  static final int MAX_BYTES = 1 << 20;

  private static final int HASH_BYTES = 32;

  private final List<Path> files;
  private final Reading<T> reading;
  private byte[] seen;
  private volatile T current;
  private volatile Optional<String> problem = Optional.empty();

  /** Makes something of what the files have. */
  interface Reading<T> {
    /**
     * @param contents in the order of the files; zeroed once this returns
     * @throws IOException when they are nothing whole; the message names the file
     */
    T of(List<byte[]> contents) throws IOException;
  }

  /**
   * @throws IOException when a file cannot be read or is too long, or they say nothing whole
   */
  Followed(List<Path> files, Reading<T> reading) throws IOException {
    this.files = List.copyOf(files);
    this.reading = reading;
    List<byte[]> contents = contents();
    try {
      this.seen = hash(contents);
      this.current = reading.of(contents);
    } finally {
      zero(contents);
    }
  }

  /** Looks at the files again. */
  synchronized Reload reload() {
    byte[] hash = {};
    try {
      List<byte[]> contents = contents();
      try {
        hash = hash(contents);
        if (Arrays.equals(hash, seen)) {
          return new Reload.Unchanged();
        }
        current = reading.of(contents);
      } finally {
        zero(contents);
      }
      seen = hash;
      problem = Optional.empty();
      return new Reload.Replaced();
    } catch (IOException e) {
      return refused(hash, String.valueOf(e.getMessage()));
    }
  }

  /** Said once for each content of the files, and once while they cannot be read. */
  private Reload refused(byte[] hash, String message) {
    boolean said = Arrays.equals(hash, seen);
    seen = hash;
    problem = Optional.of(message);
    return said ? new Reload.Unchanged() : new Reload.Refused(message);
  }

  private List<byte[]> contents() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(content(file));
    }
    return contents;
  }

  private static byte[] content(Path file) throws IOException {
    byte[] content;
    try (InputStream bytes = Files.newInputStream(file)) {
      content = bytes.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, e), e);
    }
    if (content.length > MAX_BYTES) {
      throw new IOException("%s has more than %d bytes".formatted(file, MAX_BYTES));
    }
    return content;
  }

  private static byte[] hash(List<byte[]> contents) {
    ByteBuffer hash = ByteBuffer.allocate(HASH_BYTES * contents.size());
    contents.forEach(content -> hash.put(Hashes.sha256(content)));
    return hash.array();
  }

  /** One of them may be a key. */
  private static void zero(List<byte[]> contents) {
    contents.forEach(content -> Arrays.fill(content, (byte) 0));
  }

  T current() {
    return current;
  }

  /** Why the files as they are now are not what holds; empty when they are. */
  Optional<String> problem() {
    return problem;
  }
}
