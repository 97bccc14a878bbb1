package io.github.cachemesh.libp2p.identity;

/** The kinds of keys that a peer may have, with their numbers in libp2p's key messages. */
public enum KeyType {
  /** 2048 to 8192 bits, PKCS #1 v1.5 signatures over SHA-256. */
  RSA(0),
  ED25519(1),
  /** Signatures over SHA-256 in DER. */
  SECP256K1(2),
  /** Curve P-256, signatures over SHA-256 in DER. */
  ECDSA(3);

  private final int number;

  KeyType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static KeyType of(long number) {
    for (KeyType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    throw new IllegalArgumentException("unknown key type " + Long.toUnsignedString(number));
  }
}
