package io.github.cachemesh.setup.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/**
 * An archive of a few small files and folders, as POSIX's {@code ustar}. The engine takes nothing
 * else, and it is the only way to give a fresh volume an owner. Names have 100 bytes at most. Not
 * thread-safe.
 */
public final class TarArchive {
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;
  private static final int MAX_NAME = 100;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Owner owner;
  private final Instant modified;

  /** To whom everything in an archive belongs. */
  public record Owner(int user, int group) {
    @Override
    public String toString() {
      return user + ":" + group;
    }
  }

  /**
   * @param modified when everything in it was last changed
   */
  public TarArchive(Owner owner, Instant modified) {
    this.owner = owner;
    this.modified = modified;
  }

  /** A folder for its owner alone. */
  public TarArchive folder(String name) {
    header(name + "/", '5', 0700, 0);
    return this;
  }

  /** A file for its owner alone. */
  public TarArchive file(String name, byte[] content) {
    header(name, '0', 0600, content.length);
    bytes.writeBytes(content);
    pad();
    return this;
  }

  /** The whole archive. */
  public byte[] toByteArray() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(bytes.toByteArray());
    whole.writeBytes(new byte[2 * BLOCK]);
    return whole.toByteArray();
  }

  private void header(String name, char type, int mode, int size) {
    byte[] nameBytes = name.getBytes(UTF_8);
    if (nameBytes.length > MAX_NAME) {
      throw new IllegalArgumentException("a name in an archive has 100 bytes at most: " + name);
    }
    byte[] header = new byte[BLOCK];
    System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
    octal(header, 100, 8, mode);
    octal(header, 108, 8, owner.user());
    octal(header, 116, 8, owner.group());
    octal(header, 124, 12, size);
    octal(header, 136, 12, modified.getEpochSecond());
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    put(header, CHECKSUM, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    octal(header, CHECKSUM, 7, sum);
    bytes.writeBytes(header);
  }

  /** Digits with zeros in front, and a NUL behind. */
  private static void octal(byte[] header, int at, int length, long value) {
    String digits = Long.toOctalString(value);
    put(header, at, "0".repeat(length - 1 - digits.length()) + digits);
    header[at + length - 1] = 0;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] content = text.getBytes(UTF_8);
    System.arraycopy(content, 0, header, at, content.length);
  }

  private void pad() {
    int over = bytes.size() % BLOCK;
    if (over > 0) {
      bytes.writeBytes(new byte[BLOCK - over]);
    }
  }
}
