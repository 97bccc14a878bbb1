package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads SARIF files as a stream, within {@link SarifBounds}. Thread-safe. */
public final class SarifReader {
  private SarifReader() {}

  /**
   * Reads to the end, which is not closed.
   *
   * @throws InvalidSarifException for what is no SARIF of CodeQL's form
   * @throws IOException if {@code sarif} cannot be read
   */
  public static SarifScan read(InputStream sarif, SarifBounds bounds) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Reads a file, which is gzip if it begins as such. */
  public static SarifScan read(Path file, SarifBounds bounds) throws IOException {
    throw new UnsupportedOperationException();
  }
}
