package io.github.cachemesh.core.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * Who an App is, and the private key that proves it. The key leaves this object in no form; the
 * JDK's key object cannot be zeroed. Immutable.
 */
public final class AppKey {
  private static final int MAX_PEM_BYTES = 64 << 10;
  private static final int MIN_BITS = 2_048;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /** GitHub's clock may be behind ours. */
  private static final Duration BACKDATED = Duration.ofSeconds(60);

  /** GitHub takes at most 10 minutes. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final String appId;
  private final PrivateKey key;

  private AppKey(String appId, PrivateKey key) {
    this.appId = appId;
    this.key = key;
  }

  /**
   * The key in the file that GitHub lets an App's owner download.
   *
   * @param appId the App's id or, better, its client id
   * @param pem an RSA key of PKCS #1, as GitHub writes it, or of PKCS #8; remains the caller's
   * @throws IllegalArgumentException when one of them is none; the message does not quote the key
   */
  public static AppKey parse(String appId, byte[] pem) {
    if (!ID.matcher(appId).matches()) {
      throw new IllegalArgumentException(
          "an App's id is a number, or a client id such as Iv23liabcdefghijklmn");
    }
    PemObject object = pemObject(pem);
    byte[] encoded = object == null ? new byte[0] : object.getContent();
    try {
      return new AppKey(appId, privateKey(object, encoded));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static @Nullable PemObject pemObject(byte[] pem) {
    if (pem.length > MAX_PEM_BYTES) {
      return null;
    }
    try (PemReader reader =
        new PemReader(
            new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.US_ASCII))) {
      return reader.readPemObject();
    } catch (IOException | RuntimeException _) {
      // The cause would quote the key.
      return null;
    }
  }

  private static PrivateKey privateKey(@Nullable PemObject object, byte[] encoded) {
    try {
      byte[] pkcs8 =
          switch (object == null ? "" : object.getType()) {
            case "PRIVATE KEY" -> encoded.clone();
            case "RSA PRIVATE KEY" -> wrapped(encoded);
            default -> throw noKey();
          };
      try {
        RSAPrivateKey key =
            (RSAPrivateKey)
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        if (key.getModulus().bitLength() < MIN_BITS) {
          throw noKey();
        }
        return key;
      } finally {
        Arrays.fill(pkcs8, (byte) 0);
      }
    } catch (GeneralSecurityException | IOException | ClassCastException _) {
      throw noKey();
    }
  }

  private static byte[] wrapped(byte[] pkcs1) throws IOException {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    try {
      return new PrivateKeyInfo(rsa, org.bouncycastle.asn1.pkcs.RSAPrivateKey.getInstance(pkcs1))
          .getEncoded();
    } catch (RuntimeException _) {
      throw noKey();
    }
  }

  private static IllegalArgumentException noKey() {
    return new IllegalArgumentException(
        "not an App's private key: it is the PEM file of an RSA key that GitHub's page of the App"
            + " made, without a passphrase");
  }

  /** A JWT by which the App shows who it is, good for 5 minutes. */
  String jwt(Instant now) {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build(),
            new JWTClaimsSet.Builder()
                .issuer(appId)
                .issueTime(Date.from(now.minus(BACKDATED)))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build());
    try {
      jwt.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the JDK does not sign with RS256", e);
    }
    return jwt.serialize();
  }

  @Override
  public String toString() {
    return "AppKey[" + appId + "]";
  }
}
