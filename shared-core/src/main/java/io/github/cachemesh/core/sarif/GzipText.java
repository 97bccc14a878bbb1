package io.github.cachemesh.core.sarif;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The text of a gzip file, RFC 1952, of exactly one member, checked against its trailer at the end.
 * The JDK's stream recurses for each empty member, which a file may have by the million. Closing it
 * closes the file. Not thread-safe.
 */
final class GzipText extends InflaterInputStream {
  static final int FIRST_BYTE = 0x1F;
  static final int SECOND_BYTE = 0x8B;

  private static final int BUFFER_BYTES = 64 << 10;
  private static final int DEFLATE = 8;
  private static final int TIME_AND_SYSTEM_BYTES = 6;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xE0;
  private static final long LENGTH_MASK = 0xFFFF_FFFFL;

  private final CRC32 checksum = new CRC32();
  private boolean ended;

  /**
   * @throws java.io.EOFException if the file ends within its header
   * @throws ZipException if it has none
   */
  GzipText(InputStream file) throws IOException {
    super(afterHeader(new DataInputStream(file)), new Inflater(true), BUFFER_BYTES);
  }

  private static InputStream afterHeader(DataInputStream file) throws IOException {
    boolean gzip = file.readUnsignedByte() == FIRST_BYTE && file.readUnsignedByte() == SECOND_BYTE;
    if (!gzip || file.readUnsignedByte() != DEFLATE) {
      throw new ZipException("no gzip header");
    }
    int flags = file.readUnsignedByte();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("reserved flags");
    }
    file.skipNBytes(TIME_AND_SYSTEM_BYTES);
    if ((flags & HAS_EXTRA) != 0) {
      file.skipNBytes(littleEndianShort(file));
    }
    if ((flags & HAS_NAME) != 0) {
      skipText(file);
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText(file);
    }
    if ((flags & HAS_CHECKSUM) != 0) {
      littleEndianShort(file);
    }
    return file;
  }

  private static void skipText(DataInputStream file) throws IOException {
    int character;
    do {
      character = file.readUnsignedByte();
    } while (character != 0);
  }

  private static int littleEndianShort(DataInputStream file) throws IOException {
    return file.readUnsignedByte() | file.readUnsignedByte() << 8;
  }

  private static long littleEndianInt(DataInputStream file) throws IOException {
    return littleEndianShort(file) | (long) littleEndianShort(file) << 16;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      checksum.update(buffer, offset, read);
    } else if (read < 0) {
      ended = true;
      trailer();
    }
    return read;
  }

  private void trailer() throws IOException {
    int left = inf.getRemaining();
    DataInputStream rest =
        new DataInputStream(
            new SequenceInputStream(new ByteArrayInputStream(buf, len - left, left), in));
    boolean sameText = littleEndianInt(rest) == checksum.getValue();
    boolean sameLength = littleEndianInt(rest) == (inf.getBytesWritten() & LENGTH_MASK);
    if (!sameText || !sameLength) {
      throw new ZipException("trailer does not match");
    }
    if (rest.read() >= 0) {
      throw new ZipException("more than one member");
    }
  }

  @Override
  public void close() throws IOException {
    inf.end();
    super.close();
  }
}
