package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-1 names of git objects, 40 hexadecimal digits. */
final class GitObject {
  private GitObject() {}

  /** The name of a blob, as {@code git hash-object} computes it. */
  static String blob(byte[] content) {
    return object("blob", content);
  }

  /** A name for anything else, from its description. */
  static String named(String type, String description) {
    return object(type, description.getBytes(StandardCharsets.UTF_8));
  }

  private static String object(String type, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update((type + " " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
