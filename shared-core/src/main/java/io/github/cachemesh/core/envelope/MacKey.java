package io.github.cachemesh.core.envelope;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** A key of HMAC-SHA256 (RFC 2104), whose tags are never shortened. */
public final class MacKey extends Key {
  /** How long a tag is. */
  public static final int TAG_BYTES = 32;

  MacKey(byte[] owned) {
    super(owned);
  }

  /** The tag of a message. */
  public byte[] tag(byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret());
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Whether this is the tag of that message, told in constant time. */
  public boolean verifies(byte[] message, byte[] tag) {
    return MessageDigest.isEqual(tag(message), tag);
  }

  @Override
  KeyKind<MacKey> kind() {
    return KeyKind.MAC;
  }
}
