package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A server's certificates, its own first, and its key, which belong together. Immutable. */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] PROBE =
      "does this key belong to this certificate?".getBytes(US_ASCII);

  TlsIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * What PEM files have; anything else in them is passed over.
   *
   * @param certificates remains the caller's
   * @param key PKCS #8 without a passphrase; remains the caller's
   * @throws GeneralSecurityException when they have no such thing, or do not belong together
   * @throws IOException when they are malformed; the message may quote them
   */
  static TlsIdentity read(byte[] certificates, byte[] key)
      throws GeneralSecurityException, IOException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (byte[] certificate : objects(certificates, "CERTIFICATE")) {
      chain.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate)));
    }
    List<byte[]> keys = objects(key, "PRIVATE KEY");
    if (chain.isEmpty() || keys.isEmpty()) {
      throw new GeneralSecurityException("a certificate and a key are wanted");
    }
    PublicKey own = chain.getFirst().getPublicKey();
    try {
      PrivateKey privateKey =
          KeyFactory.getInstance(own.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
      checkPair(own, privateKey);
      return new TlsIdentity(chain, privateKey);
    } finally {
      keys.forEach(each -> Arrays.fill(each, (byte) 0));
    }
  }

  private static List<byte[]> objects(byte[] pem, String type) throws IOException {
    List<byte[]> found = new ArrayList<>();
    try (PemReader reader =
        new PemReader(new InputStreamReader(new ByteArrayInputStream(pem), US_ASCII))) {
      for (PemObject object = reader.readPemObject();
          object != null;
          object = reader.readPemObject()) {
        if (object.getType().equals(type)) {
          found.add(object.getContent());
        }
      }
    }
    return found;
  }

  private static void checkPair(PublicKey own, PrivateKey key) throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            switch (own.getAlgorithm()) {
              case "EC" -> "SHA256withECDSA";
              case "RSA" -> "SHA256withRSA";
              default -> own.getAlgorithm();
            });
    signature.initSign(key);
    signature.update(PROBE);
    byte[] made = signature.sign();
    signature.initVerify(own);
    signature.update(PROBE);
    if (!signature.verify(made)) {
      throw new GeneralSecurityException("the key belongs to another certificate");
    }
  }
}
