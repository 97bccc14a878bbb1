package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The {@code primaryLocationLineHash} of every line of a text, equal to what {@code
 * github/codeql-action} computes. Takes 8 bytes a line, for {@value #MAX_LINES} lines at most.
 * Immutable.
 */
public final class LineHashes {
  static final int MAX_LINES = 1 << 21;

  private static final int BUFFER_BYTES = 64 << 10;

  private final long[] hashes;

  private LineHashes(long[] hashes) {
    this.hashes = hashes;
  }

  /** Reads to the end, which is not closed; empty if there are too many lines. */
  public static Optional<LineHashes> of(InputStream text) throws IOException {
    Lines lines = new Lines();
    RollingLineHash rolling = new RollingLineHash(lines::add);
    Utf8Units units = new Utf8Units(rolling::accept);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
      units.accept(buffer, read);
      if (lines.overflow) {
        return Optional.empty();
      }
    }
    units.end();
    rolling.end();
    return lines.overflow
        ? Optional.empty()
        : Optional.of(new LineHashes(Arrays.copyOf(lines.hashes, lines.count)));
  }

  /** How many lines there are: one more than line ends. */
  public int count() {
    return hashes.length;
  }

  /**
   * The hashes of some lines, in one pass over all: an occurrence counts the lines above.
   *
   * @param lines from 1; those that do not exist have no hash
   */
  public NavigableMap<Integer, LineHash> of(Set<Integer> lines) {
    NavigableMap<Integer, LineHash> found = new TreeMap<>();
    Map<Long, Integer> occurrences = new HashMap<>();
    TreeSet<Integer> wanted = new TreeSet<>(lines);
    wanted.removeIf(line -> line < 1 || line > hashes.length);
    wanted.forEach(line -> occurrences.put(hashes[line - 1], 0));
    int last = wanted.isEmpty() ? 0 : wanted.last();
    for (int line = 1; line <= last; line++) {
      long hash = hashes[line - 1];
      Integer occurrence = occurrences.computeIfPresent(hash, (_, seen) -> seen + 1);
      if (occurrence != null && wanted.contains(line)) {
        found.put(line, new LineHash(hash, occurrence));
      }
    }
    return found;
  }

  /** Grows up to the bound and counts no further. */
  private static final class Lines {
    private long[] hashes = new long[1024];
    private int count;
    private boolean overflow;

    void add(long hash) {
      if (count == MAX_LINES) {
        overflow = true;
        return;
      }
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, count * 2);
      }
      hashes[count++] = hash;
    }
  }
}
