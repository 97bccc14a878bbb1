package io.github.cachemesh.libp2p.identity;

import java.io.IOException;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;

/** ASN.1 in its one encoding, DER, by Bouncy Castle. */
final class Der {
  private Der() {}

  /**
   * What {@code parser} makes of a key's bytes. Bouncy Castle's parsers throw runtime exceptions of
   * all kinds at malformed input; none is kept as a cause, since it might tell of a private key.
   *
   * @param what what the bytes should be, for errors
   * @throws IllegalArgumentException if the parser fails
   */
  static <T> T parse(String what, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (RuntimeException _) {
      throw new IllegalArgumentException("not " + what);
    }
  }

  static byte[] encode(ASN1Object object) {
    try {
      return object.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("an object in memory can be encoded", e);
    }
  }
}
