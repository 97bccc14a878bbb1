package io.github.cachemesh.libp2p.core;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The name of a protocol, by which both ends agree on it: it starts with a slash, has no line feed
 * and at most {@value #MAX_BYTES} bytes in UTF-8.
 */
public record ProtocolId(String name) {
  /** The specification sets no bound; this is multistream-select's message less its line feed. */
  public static final int MAX_BYTES = 1023;

  /**
   * @throws IllegalArgumentException if it is not such a name
   */
  public ProtocolId {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "a protocol id starts with /, is one line and has at most " + MAX_BYTES + " bytes");
    }
  }

  public static boolean isValid(String name) {
    return name.startsWith("/")
        && name.indexOf('\n') < 0
        && name.getBytes(UTF_8).length <= MAX_BYTES;
  }

  @Override
  public String toString() {
    return name;
  }
}
