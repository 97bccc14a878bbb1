package io.github.cachemesh.core.sarif;

import io.github.cachemesh.core.sarif.InvalidSarifException.Fault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read, and fails at the first byte above the bound. Closes nothing. */
final class BoundedInput extends FilterInputStream {
  private final long maxBytes;
  private long bytes;

  BoundedInput(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      count(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  /** Skips by reading, so that it counts. */
  @Override
  public long skip(long count) throws IOException {
    return count > 0 && read() >= 0 ? 1 : 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() {}

  private void count(int read) throws InvalidSarifException {
    bytes += read;
    if (bytes > maxBytes) {
      throw new InvalidSarifException(Fault.TOO_LARGE, "more than " + maxBytes + " bytes of text");
    }
  }
}
