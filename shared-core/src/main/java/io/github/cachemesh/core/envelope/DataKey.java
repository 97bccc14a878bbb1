package io.github.cachemesh.core.envelope;

import java.security.SecureRandom;

/** A key that seals data. */
public final class DataKey extends Key {
  DataKey(byte[] owned) {
    super(owned);
  }

  /**
   * Seals content.
   *
   * @param content which stays the caller's
   * @param place where the box belongs; it opens at no other
   * @throws IllegalArgumentException when the content is longer than {@link
   *     Sealed#MAX_CONTENT_BYTES}
   */
  public Sealed seal(byte[] content, Aad place, SecureRandom random) {
    return AesGcm.seal(secret(), content, place.bytes(), random);
  }

  /**
   * Opens a box.
   *
   * @return its content, which the caller zeroes
   * @throws EnvelopeException when this key did not seal it for this place, or it was changed
   */
  public byte[] open(Sealed box, Aad place) throws EnvelopeException {
    return AesGcm.open(secret(), box, place.bytes(), "the sealed data");
  }

  @Override
  KeyKind<DataKey> kind() {
    return KeyKind.DATA;
  }
}
