package io.github.cachemesh.core.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * Names files as Git names blobs, reading them as streams. One a thread: it holds a buffer of 64
 * KiB, and {@link #beginning} and {@link #available} tell of the file hashed last.
 */
final class FileHash {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final MessageDigest sha1 = digest("SHA-1");
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private int available;

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The 20 bytes of a blob's name.
   *
   * @param size what the file's metadata say; the name is another where they are wrong
   */
  byte[] blob(Path file, long size) throws IOException {
    sha1.reset();
    sha1.update(("blob " + size + '\0').getBytes(StandardCharsets.US_ASCII));
    update(sha1, file, size);
    return sha1.digest();
  }

  byte[] blob(byte[] content) {
    sha1.reset();
    sha1.update(("blob " + content.length + '\0').getBytes(StandardCharsets.US_ASCII));
    return sha1.digest(content);
  }

  /** SHA-256 of the file, in hexadecimal. */
  String sha256(Path file, long size) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    update(sha256, file, size);
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** How many of the file's first bytes are in {@link #beginning}. */
  int available() {
    return available;
  }

  /** The first bytes of a file that is shorter than the buffer; valid until the next file. */
  byte[] beginning() {
    return buffer.array();
  }

  private void update(MessageDigest digest, Path file, long size) throws IOException {
    available = 0;
    long total = 0;
    try (FileChannel channel = FileChannel.open(file, READ)) {
      for (; ; ) {
        buffer.clear();
        int read = channel.read(buffer);
        if (read < 0) {
          break;
        }
        digest.update(buffer.array(), 0, read);
        total += read;
        if (total == read) {
          available = read;
        }
        if (total > size) {
          break;
        }
        // Saves most files the second call, which would only say that there is no more.
        if (total == size && read < BUFFER_BYTES) {
          break;
        }
      }
    }
    if (total != size) {
      throw new IOException("the file changed while it was read");
    }
  }

  /** A whole small file. */
  static byte[] read(Path file, int maxBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ)) {
      ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), maxBytes));
      while (content.hasRemaining() && channel.read(content) >= 0) {
        continue;
      }
      return Arrays.copyOf(content.array(), content.position());
    }
  }
}
