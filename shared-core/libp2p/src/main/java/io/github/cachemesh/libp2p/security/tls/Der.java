package io.github.cachemesh.libp2p.security.tls;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;

/** ASN.1 of which only the one encoding by DER is taken, with nothing behind it. */
final class Der {
  private Der() {}

  /**
   * @throws IOException if it is not DER
   */
  static ASN1Primitive read(byte[] bytes) throws IOException {
    ASN1Primitive value = ASN1Primitive.fromByteArray(bytes);
    if (value == null || !Arrays.equals(value.getEncoded(ASN1Encoding.DER), bytes)) {
      throw new IOException("this is not DER");
    }
    return value;
  }
}
