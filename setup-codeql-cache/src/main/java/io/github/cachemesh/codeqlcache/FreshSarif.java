package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.sarif.InvalidSarifException;
import io.github.cachemesh.core.sarif.SarifBounds;
import io.github.cachemesh.core.sarif.SarifReader;
import io.github.cachemesh.core.sarif.SarifScan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The SARIF that a scan has just made. The file is read once, so that what is stored is what was
 * looked at.
 *
 * @param gzipped of at most 10 MiB, which is what GitHub takes
 * @param sha256 of the file's bytes
 * @param written when the scan had ended
 */
record FreshSarif(byte[] gzipped, String sha256, SarifScan scan, Instant written) {
  private static final int MAX_GZIPPED_BYTES = 10 << 20;
  private static final int CHUNK_BYTES = 64 << 10;

  /**
   * The first of the files that is CodeQL's: another tool's upload may have overwritten one.
   *
   * @throws InvalidSarifException when there is none, and one of them is invalid
   */
  static Optional<FreshSarif> first(List<Path> files) throws IOException {
    InvalidSarifException invalid = null;
    for (Path file : files) {
      try {
        FreshSarif sarif = read(file);
        if (sarif.scan.runs().stream().allMatch(run -> run.tool().equals("CodeQL"))) {
          return Optional.of(sarif);
        }
      } catch (InvalidSarifException e) {
        invalid = e;
      }
    }
    if (invalid != null) {
      throw invalid;
    }
    return Optional.empty();
  }

  private static FreshSarif read(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    Instant written = Files.getLastModifiedTime(file).toInstant();
    byte[] gzipped;
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      gzipped = gzipped(in);
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
      return new FreshSarif(
          gzipped,
          HexFormat.of().formatHex(digest.digest()),
          SarifReader.read(in, SarifBounds.DEFAULT),
          written);
    }
  }

  private static byte[] gzipped(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
        if (bytes.size() > MAX_GZIPPED_BYTES) {
          throw new IOException("the SARIF is larger than GitHub takes, 10 MiB when compressed");
        }
      }
    }
    return bytes.toByteArray();
  }

  /** Without alerts. */
  @Override
  public String toString() {
    return "FreshSarif[" + sha256 + "]";
  }
}
