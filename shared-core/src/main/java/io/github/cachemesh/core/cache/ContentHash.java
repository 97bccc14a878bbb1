package io.github.cachemesh.core.cache;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The Python original's {@code content_hash} of some bytes: a CIDv1 in base32 with codec raw and
 * SHA-256, or that SHA-256 in hexadecimal digits where its multiformats package was missing.
 */
final class ContentHash {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  /** CID version 1, codec raw, multihash sha2-256 of 32 bytes. */
  private static final byte[] PREFIX = {0x01, 0x55, 0x12, 0x20};

  private ContentHash() {}

  static boolean matches(String claimed, byte[] content) {
    byte[] digest = sha256(content);
    return claimed.equals(cid(digest)) || claimed.equals(HexFormat.of().formatHex(digest));
  }

  static String cid(byte[] sha256) {
    byte[] binary = new byte[PREFIX.length + sha256.length];
    System.arraycopy(PREFIX, 0, binary, 0, PREFIX.length);
    System.arraycopy(sha256, 0, binary, PREFIX.length, sha256.length);
    // "b" is the multibase prefix of lower-case base32 without padding.
    StringBuilder cid = new StringBuilder("b");
    int bits = 0;
    int buffer = 0;
    for (byte octet : binary) {
      buffer = (buffer << 8 | (octet & 0xff)) & 0xfff;
      for (bits += 8; bits >= 5; bits -= 5) {
        cid.append(BASE32.charAt(buffer >> (bits - 5) & 31));
      }
    }
    if (bits > 0) {
      cid.append(BASE32.charAt(buffer << (5 - bits) & 31));
    }
    return cid.toString();
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
