package io.github.cachemesh.core.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The id that git gives a file of these bytes, which the contents API uses as ETag. */
final class GitBlob {
  private GitBlob() {}

  /** Whether a text has the form of a git object id, 40 lower-case hexadecimal digits. */
  static boolean isId(String text) {
    return text.length() == 40
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  static String id(byte[] body) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + body.length + "\0").getBytes(US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
