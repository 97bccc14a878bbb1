package io.github.cachemesh.core.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The form of an entry's file: everything needed to check it is in it, so that no file depends on
 * another one.
 *
 * <pre>
 *  8  magic "cachmesh"
 *  4  version, 1
 *  4  length of the metadata, at most {@link #MAX_METADATA_BYTES}
 *  8  length of the body, at most {@link #MAX_BODY_BYTES}
 * 32  SHA-256 of the 24 bytes above and the metadata
 *     metadata, body
 * </pre>
 *
 * Numbers are big-endian. The body's SHA-256 is part of the metadata. Lengths are held against
 * these bounds and the file's size before anything is allocated.
 */
final class EntryFormat<T> {
  static final int MAX_METADATA_BYTES = 256 * 1024;
  static final int MAX_BODY_BYTES = 32 * 1024 * 1024;
  static final int HEADER_BYTES = 56;

  private static final byte[] MAGIC = "cachmesh".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final int CHECKED_BYTES = 24;

  private final EntryCodec<T> codec;

  EntryFormat(EntryCodec<T> codec) {
    this.codec = codec;
  }

  /** Everything before the body. */
  ByteBuffer encode(T entry, long bodyLength) throws EntryTooLargeException {
    byte[] metadata = codec.encode(entry);
    if (metadata.length > MAX_METADATA_BYTES || bodyLength > MAX_BODY_BYTES) {
      throw new EntryTooLargeException(
          "an entry with %d bytes of metadata and %d bytes of body is too large; %d and %d are allowed"
              .formatted(metadata.length, bodyLength, MAX_METADATA_BYTES, MAX_BODY_BYTES));
    }
    ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + metadata.length);
    file.put(MAGIC).putInt(VERSION).putInt(metadata.length).putLong(bodyLength);
    file.put(checksum(file.array(), metadata)).put(metadata);
    return file.flip();
  }

  private static byte[] checksum(byte[] header, byte[] metadata) {
    MessageDigest sha256 = sha256();
    sha256.update(header, 0, CHECKED_BYTES);
    return sha256.digest(metadata);
  }

  /** Reads what comes before the body, which {@code in} stands at then. */
  Reading<T> readEntry(EntryName name, InputStream in, long size) throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length < MAGIC.length + Integer.BYTES
        || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return new Reading.Damaged<>("it is no entry");
    }
    ByteBuffer fields = ByteBuffer.wrap(header).position(MAGIC.length);
    int version = fields.getInt();
    if (version > VERSION) {
      return new Reading.Newer<>();
    }
    if (version != VERSION || header.length < HEADER_BYTES) {
      return new Reading.Damaged<>("its header is cut or of no known version");
    }
    int metadataLength = fields.getInt();
    long bodyLength = fields.getLong();
    if (metadataLength < 0
        || metadataLength > MAX_METADATA_BYTES
        || bodyLength < 0
        || bodyLength > MAX_BODY_BYTES
        || size != HEADER_BYTES + metadataLength + bodyLength) {
      return new Reading.Damaged<>("its lengths are out of bounds or not those of the file");
    }
    byte[] metadata = in.readNBytes(metadataLength);
    if (!Arrays.equals(
        checksum(header, metadata), Arrays.copyOfRange(header, CHECKED_BYTES, HEADER_BYTES))) {
      return new Reading.Damaged<>("its metadata do not have their checksum");
    }
    return decode(name, metadata);
  }

  private Reading<T> decode(EntryName name, byte[] metadata) {
    T entry;
    try {
      entry = codec.decode(metadata);
    } catch (IllegalArgumentException e) {
      return new Reading.Damaged<>("its metadata are malformed");
    }
    return codec.name(entry).equals(name)
        ? new Reading.Found<>(entry)
        : new Reading.Damaged<>("it is the file of another entry");
  }

  /** Reads a whole file. */
  Reading<byte[]> readBody(EntryName name, InputStream in, long size) throws IOException {
    return switch (readEntry(name, in, size)) {
      case Reading.Found<T>(T entry) -> checked(entry, in.readNBytes(MAX_BODY_BYTES));
      case Reading.Absent<T> _ -> new Reading.Absent<>();
      case Reading.Damaged<T>(String reason) -> new Reading.Damaged<>(reason);
      case Reading.Newer<T> _ -> new Reading.Newer<>();
    };
  }

  private Reading<byte[]> checked(T entry, byte[] body) {
    String digest = HexFormat.of().formatHex(sha256().digest(body));
    return digest.equals(codec.bodySha256(entry))
        ? new Reading.Found<>(body)
        : new Reading.Damaged<>("its body does not have its digest");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
