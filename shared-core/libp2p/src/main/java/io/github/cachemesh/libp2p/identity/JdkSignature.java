package io.github.cachemesh.libp2p.identity;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;

/** Signs and verifies by one of the JDK's algorithms, each time with a new object of the JDK's. */
record JdkSignature(String algorithm) {
  byte[] sign(java.security.PrivateKey key, byte[] message) {
    try {
      Signature signature = instance();
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign by " + algorithm, e);
    }
  }

  boolean verify(java.security.PublicKey key, byte[] message, byte[] bytes) {
    try {
      Signature signature = instance();
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(bytes);
    } catch (SignatureException _) {
      return false; // Not a signature at all.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot verify by " + algorithm, e);
    }
  }

  private Signature instance() throws NoSuchAlgorithmException {
    return Signature.getInstance(algorithm);
  }
}
