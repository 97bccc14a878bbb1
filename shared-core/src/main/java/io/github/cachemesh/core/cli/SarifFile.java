package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.sarif.SarifBounds;
import io.github.cachemesh.core.sarif.SarifReader;
import io.github.cachemesh.core.sarif.SarifScan;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A SARIF file, read once: what is said of it is said of {@code gzipped}. Does not tell alerts.
 *
 * @param gzipped as GitHub's upload would take it
 * @param sha256 of the unpacked text, in hexadecimal
 */
record SarifFile(byte[] gzipped, String sha256, SarifScan scan) {
  /** More than GitHub takes, so that the limit can be named with a count. */
  static final int MAX_GZIPPED_BYTES = 64 << 20;

  private static final int BUFFER_BYTES = 64 << 10;
  private static final int GZIP_MAGIC = 0x1F8B;

  /**
   * @param file plain or gzip
   * @throws io.github.cachemesh.core.sarif.InvalidSarifException for what is no SARIF of CodeQL's
   *     form
   */
  static SarifFile read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      in.mark(2);
      boolean gzip = (in.read() << Byte.SIZE | in.read()) == GZIP_MAGIC;
      in.reset();
      // Reads for its errors first: a damaged gzip file has a name among them.
      SarifScan scan = SarifReader.read(file, SarifBounds.DEFAULT);
      try (InputStream text = gzip ? new GZIPInputStream(in, BUFFER_BYTES) : in) {
        return of(text, scan);
      }
    }
  }

  /** Of a stored file. */
  static SarifFile ofGzip(byte[] gzipped) throws IOException {
    SarifScan scan = SarifReader.readGzip(new ByteArrayInputStream(gzipped), SarifBounds.DEFAULT);
    MessageDigest digest = sha256Digest();
    try (InputStream text = new GZIPInputStream(new ByteArrayInputStream(gzipped), BUFFER_BYTES)) {
      copy(text, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    return new SarifFile(gzipped, HexFormat.of().formatHex(digest.digest()), scan);
  }

  private static SarifFile of(InputStream text, SarifScan scan) throws IOException {
    MessageDigest digest = sha256Digest();
    Bounded bytes = new Bounded();
    try (OutputStream out = new DigestOutputStream(new GZIPOutputStream(bytes), digest)) {
      copy(text, out);
    }
    return new SarifFile(bytes.toByteArray(), HexFormat.of().formatHex(digest.digest()), scan);
  }

  /** Bounded since the reader has read it all within its own bounds. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    long _ = from.transferTo(to);
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SarifFile[" + sha256 + "]";
  }

  private static final class Bounded extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (count + length > MAX_GZIPPED_BYTES) {
        throw CommandFailure.failed(
            "the SARIF is larger than %d bytes when compressed".formatted(MAX_GZIPPED_BYTES));
      }
      super.write(bytes, offset, length);
    }
  }
}
