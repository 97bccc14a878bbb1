package io.github.cachemesh.testkit.github;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * GitHub's ETag as observed: SHA-256 over {@code value + ":"} for each of Accept, Authorization and
 * Cookie that is named in {@code Vary} and carried by the request, then over the uncompressed body.
 */
final class EntityTag {
  private static final List<String> VARYING = List.of("Accept", "Authorization", "Cookie");

  private EntityTag() {}

  static String compute(HttpHeaders request, String vary, byte[] body) {
    MessageDigest digest = sha256();
    List<String> named = Arrays.stream(vary.split(",")).map(String::strip).toList();
    for (String name : VARYING) {
      if (named.contains(name)) {
        for (String value : request.getAll(name)) {
          digest.update((value + ":").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest(body));
  }

  /** Weak comparison (RFC 9110 section 8.8.3.2) of one opaque tag with an If-None-Match header. */
  static boolean matches(String ifNoneMatch, String opaque) {
    for (String candidate : ifNoneMatch.split(",")) {
      String tag = candidate.strip();
      if (tag.equals("*")) {
        return true;
      }
      String unquoted = (tag.startsWith("W/") ? tag.substring(2) : tag).replace("\"", "");
      if (unquoted.equals(opaque)) {
        return true;
      }
    }
    return false;
  }

  static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
