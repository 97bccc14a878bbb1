package io.github.cachemesh.core.sarif;

import io.github.cachemesh.core.sarif.InvalidSarifException.Fault;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a file, against its bound: equal strings are kept once, and each thing is charged
 * with about what it takes on the heap. Not thread-safe.
 */
final class Kept {
  /** A {@link SarifResult} with its {@link LineHash} and a reference. */
  static final int RESULT_BYTES = 68;

  /** A record of a few references, with the node of a collection. */
  static final int RECORD_BYTES = 80;

  /** A {@link SarifRun} without what it lists. */
  static final int RUN_BYTES = 400;

  /** A string, its array, its node here and in one more collection, without its characters. */
  private static final int STRING_BYTES = 144;

  private final Map<String, String> strings = new HashMap<>();
  private final long maxBytes;
  private long bytes;

  Kept(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  String string(String text) throws InvalidSarifException {
    @Nullable String known = strings.get(text);
    if (known != null) {
      return known;
    }
    charge(STRING_BYTES + 2L * text.length());
    strings.put(text, text);
    return text;
  }

  void charge(long more) throws InvalidSarifException {
    bytes += more;
    if (bytes > maxBytes) {
      throw new InvalidSarifException(
          Fault.TOO_LARGE, "what is to be kept takes more than " + maxBytes + " bytes");
    }
  }
}
