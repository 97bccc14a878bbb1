package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The file that {@code config-file} names, read at the commit that it is taken from.
 *
 * @param sha256 of its bytes, in hexadecimal
 */
public record ConfigFile(String sha256, String text) {
  public static ConfigFile of(byte[] bytes) {
    return new ConfigFile(Digests.sha256(bytes), new String(bytes, UTF_8));
  }
}
