package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret of one run of a node: whoever can read its state file may administer it. Immutable.
 */
public final class AdminToken {
  private final String hex;

  public AdminToken(String hex) {
    this.hex = hex;
  }

  static AdminToken random(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return new AdminToken(HexFormat.of().formatHex(secret));
  }

  /** What a client sends in {@code Authorization}. */
  public String authorization() {
    return "Bearer " + hex;
  }

  boolean isCarriedBy(String authorization) {
    return MessageDigest.isEqual(authorization().getBytes(UTF_8), authorization.getBytes(UTF_8));
  }

  /** For the state file only. */
  String secret() {
    return hex;
  }

  @Override
  public String toString() {
    return "AdminToken";
  }
}
