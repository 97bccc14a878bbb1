package io.github.cachemesh.core.envelope;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** A key that wraps other keys and seals nothing else. It may wrap 2^32 of them. */
public final class KeyEncryptionKey extends Key {
  private static final String ID_LABEL = "cachemesh key id 1";

  private final KeyId id;

  KeyEncryptionKey(byte[] owned) {
    super(owned);
    this.id = identify(secret());
  }

  private static KeyId identify(SecretBytes secret) {
    byte[] label = ID_LABEL.getBytes(StandardCharsets.US_ASCII);
    byte[] derived = Hkdf.derive(secret, new byte[0], label, BYTES);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Aad.of(ID_LABEL).and(derived).bytes());
      return new KeyId(HexFormat.of().formatHex(digest, 0, KeyId.BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  /** Which key this is. */
  public KeyId id() {
    return id;
  }

  /**
   * Puts a key into a box that only this key opens.
   *
   * @param place where the wrap belongs; it opens at no other
   */
  public Wrap wrap(Key key, Aad place, SecureRandom random) {
    byte[] content = key.secret().getEncoded();
    try {
      return new Wrap(id, AesGcm.seal(secret(), content, bound(place, key.kind()), random));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Takes a key out of its box; the caller closes it.
   *
   * @throws EnvelopeException when another key wrapped it, or it was of another kind or place, or
   *     was changed
   */
  public <K extends Key> K unwrap(Wrap wrap, Aad place, KeyKind<K> kind) throws EnvelopeException {
    if (!wrap.by().equals(id)) {
      throw new EnvelopeException(
          Fault.OTHER_KEY,
          "the %s is wrapped by key %s, and this is key %s".formatted(kind, wrap.by(), id));
    }
    byte[] content =
        AesGcm.open(secret(), wrap.box(), bound(place, kind), "the wrapped %s".formatted(kind));
    if (content.length != BYTES) {
      Arrays.fill(content, (byte) 0);
      throw new EnvelopeException(
          Fault.MALFORMED, "the wrapped %s does not have %d bytes".formatted(kind, BYTES));
    }
    return kind.owning(content);
  }

  private byte[] bound(Aad place, KeyKind<?> kind) {
    return Aad.of("cachemesh wrap 1", kind.toString(), id.text()).and(place.bytes()).bytes();
  }

  @Override
  KeyKind<KeyEncryptionKey> kind() {
    return KeyKind.KEY_ENCRYPTION;
  }
}
