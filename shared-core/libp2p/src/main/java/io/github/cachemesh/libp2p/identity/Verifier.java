package io.github.cachemesh.libp2p.identity;

/** Checks signatures by one public key. Thread-safe. */
@FunctionalInterface
interface Verifier {
  /** Whether the signature is the key's; false for whatever is not a signature at all. */
  boolean verify(byte[] message, byte[] signature);
}
