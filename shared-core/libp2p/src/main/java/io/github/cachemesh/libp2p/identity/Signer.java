package io.github.cachemesh.libp2p.identity;

/** Makes signatures by one private key. Thread-safe. */
@FunctionalInterface
interface Signer {
  byte[] sign(byte[] message);
}
