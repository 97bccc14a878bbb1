package io.github.cachemesh.core.envelope;

/** A key that others are derived from, by HKDF-SHA256, and that does nothing else. */
public final class RootKey extends Key {
  private static final byte[] NO_SALT = {};

  RootKey(byte[] owned) {
    super(owned);
  }

  /**
   * The key of a kind for a context; the same for the same, and independent of every other.
   *
   * @param context what the key is for: format, store, role
   */
  public <K extends Key> K derive(KeyKind<K> kind, Aad context) {
    Aad info = Aad.of("cachemesh envelope 1", kind.toString()).and(context.bytes());
    return kind.owning(Hkdf.derive(secret(), NO_SALT, info.bytes(), BYTES));
  }

  /** The secret itself, to be handed to whoever keeps it; the caller zeroes it. */
  public byte[] reveal() {
    return secret().getEncoded();
  }

  @Override
  KeyKind<RootKey> kind() {
    return KeyKind.ROOT;
  }
}
