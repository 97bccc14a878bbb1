package io.github.cachemesh.libp2p.identity;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;

/** The one encoding (DER) of an ASN.1 object. */
final class Der {
  private Der() {}

  static byte[] encode(ASN1Object object) {
    try {
      return object.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("an object in memory can be encoded", e);
    }
  }
}
