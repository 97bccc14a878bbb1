package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.VerifyingKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Which store: half a SHA-256 of its writer's public key, so that whoever knows the id knows whose
 * signature counts. Immutable.
 *
 * @param text 26 characters of base32 (RFC 4648) in lower case
 */
public record StoreId(String text) {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BYTES = 16;
  // 128 bits leave three for the last character.
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{25}[aeimquy4]");

  /**
   * @throws IllegalArgumentException when it does not have that form
   */
  public StoreId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a store's id has 26 characters of base32 in lower case: cachemesh credentials list"
              + " shows it");
    }
  }

  /** That of the store that a key signs. */
  static StoreId of(VerifyingKey writer) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(writer.bytes());
      return new StoreId(base32(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String base32(byte[] digest) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < BYTES * Byte.SIZE; bit += 5) {
      int value = 0;
      for (int i = bit; i < bit + 5; i++) {
        boolean set =
            i < BYTES * Byte.SIZE && (digest[i / Byte.SIZE] >> (7 - i % Byte.SIZE) & 1) == 1;
        value = value << 1 | (set ? 1 : 0);
      }
      text.append(ALPHABET.charAt(value));
    }
    return text.toString();
  }

  /**
   * Reads an id that somebody gave.
   *
   * @throws StoreRefusedException {@link Fault#MALFORMED} when it is none
   */
  public static StoreId parse(String text) throws StoreRefusedException {
    try {
      return new StoreId(text);
    } catch (IllegalArgumentException e) {
      throw new StoreRefusedException(Fault.MALFORMED, e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
