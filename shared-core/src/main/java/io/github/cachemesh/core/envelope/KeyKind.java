package io.github.cachemesh.core.envelope;

import java.security.SecureRandom;
import java.util.function.Function;

/**
 * What a key is for. Derived and wrapped keys are bound to it, so that no key ever serves for
 * another purpose than the one it was made for.
 *
 * @param <K> its keys
 */
public final class KeyKind<K extends Key> {
  /** Keys that others are derived from. */
  public static final KeyKind<RootKey> ROOT = new KeyKind<>("root key", RootKey::new);

  /** Keys that wrap keys. */
  public static final KeyKind<KeyEncryptionKey> KEY_ENCRYPTION =
      new KeyKind<>("key-encryption key", KeyEncryptionKey::new);

  /** Keys that seal data. */
  public static final KeyKind<DataKey> DATA = new KeyKind<>("data key", DataKey::new);

  /** Keys of HMAC-SHA256. */
  public static final KeyKind<MacKey> MAC = new KeyKind<>("MAC key", MacKey::new);

  /** Private keys of Ed25519. */
  public static final KeyKind<SigningKey> SIGNING = new KeyKind<>("signing key", SigningKey::new);

  private final String name;
  private final Function<byte[], K> constructor;

  private KeyKind(String name, Function<byte[], K> constructor) {
    this.name = name;
    this.constructor = constructor;
  }

  /** A random key. */
  public K fresh(SecureRandom random) {
    return owning(SecretBytes.random(Key.BYTES, random));
  }

  /**
   * The key with these bytes.
   *
   * @param secret {@link Key#BYTES}, which are copied; the caller zeroes its own
   * @throws IllegalArgumentException when there are not so many
   */
  public K of(byte[] secret) {
    if (secret.length != Key.BYTES) {
      throw new IllegalArgumentException(
          "a %s has %d bytes, not %d".formatted(name, Key.BYTES, secret.length));
    }
    return owning(secret.clone());
  }

  K owning(byte[] secret) {
    return constructor.apply(secret);
  }

  /** Its name, which keys are bound to: changing it makes those that exist useless. */
  @Override
  public String toString() {
    return name;
  }
}
