package io.github.cachemesh.core.audit;

import io.github.cachemesh.core.audit.LogFiles.Part;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads the lines of files in their order and has them checked, holding one line at a time. */
final class LogWalk {
  private final ChainCheck check;
  private final Reader reader;

  /** What takes lines that are as they were written. */
  @FunctionalInterface
  interface Reader {
    void accept(LogLine line) throws IOException;
  }

  LogWalk(ChainCheck check, Reader reader) {
    this.check = check;
    this.reader = reader;
  }

  /**
   * Reads all.
   *
   * @param start where to begin in the first file, in bytes
   * @return how long the lines of the last file are; what follows them is unfinished
   */
  long read(List<Part> parts, long start) throws IOException {
    long from = start;
    long end = start;
    for (Part part : parts) {
      end = read(part, from);
      from = 0;
      if (end < part.length() && !part.equals(parts.getLast())) {
        check.unfinished(name(part));
      }
    }
    return end;
  }

  private long read(Part part, long from) throws IOException {
    try (LineReader lines = new LineReader(part.file(), from, part.length())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Optional<LogLine> good = check.accept(line, name(part));
        if (good.isPresent()) {
          reader.accept(good.get());
        }
      }
      return lines.endOfLines();
    }
  }

  static String name(Part part) {
    return String.valueOf(part.file().getFileName());
  }
}
