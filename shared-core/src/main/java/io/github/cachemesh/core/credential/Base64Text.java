package io.github.cachemesh.core.credential;

import java.util.Base64;

/**
 * Bytes in the one text that a store file has for them: unpadded base64url. Immutable.
 *
 * @param text without padding and spare bits
 */
public record Base64Text(String text) {
  /**
   * @throws IllegalArgumentException when it is not the text of any bytes
   */
  public Base64Text {
    if (!text(Base64.getUrlDecoder().decode(text)).equals(text)) {
      throw new IllegalArgumentException("not unpadded base64url");
    }
  }

  /** The text of these bytes. */
  public static Base64Text of(byte[] bytes) {
    return new Base64Text(text(bytes));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes, a copy. */
  public byte[] bytes() {
    return Base64.getUrlDecoder().decode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
