package io.github.cachemesh.libp2p.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvelopeTest {
  private static final String DOMAIN = "libp2p-testing";
  private static final byte[] TYPE = "/libp2p/testdata".getBytes(UTF_8);
  private static final byte[] PAYLOAD = "hello world!".getBytes(UTF_8);

  /** Made by go-libp2p; also in nim-libp2p's tests. */
  private static final byte[] GO =
      HexFormat.of()
          .parseHex(
              "0a24080112206f1581709bb7b1ef030d210db18e3b0ba1c776fba65d8cdaad05415142d189f8"
                  + "12102f6c69627032702f74657374646174611a0c68656c6c6f20776f726c64212a40"
                  + "1178673b51dfa842aad17e465e25d646ad16628916b964c3fb10c711fee87872"
                  + "bdd4e4646f58c277cdff09704913d8be1aec6322de8d3d0bb852120374aece08");

  @Test
  void envelopeOfGoIsOpened() {
    Envelope envelope = Envelope.open(GO, DOMAIN);

    assertThat(envelope.payloadType()).isEqualTo(TYPE);
    assertThat(envelope.payload()).isEqualTo(PAYLOAD);
    assertThat(envelope.publicKey().type()).isEqualTo(KeyType.ED25519);
    assertThat(envelope.encoded()).isEqualTo(GO);
  }

  @Test
  void everyByteOfAnEnvelopeMatters() {
    for (int index = 0; index < GO.length; index++) {
      byte[] changed = GO.clone();
      changed[index] ^= 1;
      assertThatIllegalArgumentException()
          .as("byte %d changed", index)
          .isThrownBy(() -> Envelope.open(changed, DOMAIN));
    }
  }

  @Test
  void envelopeForAnotherPurposeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.open(GO, "another-domain"))
        .withMessageContaining("another-domain");
  }

  @ParameterizedTest
  @EnumSource
  void envelopeIsOpenedAsItWasSealed(KeyType type) {
    PrivateKey key = PrivateKey.generate(type);

    Envelope sealed = Envelope.seal(key, DOMAIN, TYPE, PAYLOAD);

    assertThat(Envelope.open(sealed.encoded(), DOMAIN))
        .isEqualTo(sealed)
        .hasSameHashCodeAs(sealed)
        .extracting(Envelope::publicKey)
        .isEqualTo(key.publicKey());
  }

  @Test
  void fieldsYetToComeAreSkipped() {
    byte[] longer = new ProtobufWriter().bytes(9, PAYLOAD).toBytes();
    byte[] both = Arrays.copyOf(GO, GO.length + longer.length);
    System.arraycopy(longer, 0, both, GO.length, longer.length);

    assertThat(Envelope.open(both, DOMAIN).payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void envelopeWithoutItsPartsIsRefused() {
    byte[] key = PrivateKey.generate(KeyType.ED25519).publicKey().encoded();

    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.open(new byte[0], DOMAIN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.open(new ProtobufWriter().bytes(1, key).toBytes(), DOMAIN));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Envelope.open(new ProtobufWriter().bytes(1, key).bytes(2, TYPE).toBytes(), DOMAIN));
  }

  @Test
  void domainAndPayloadTypeMustBeGiven() {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);

    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.seal(key, "", TYPE, PAYLOAD));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.seal(key, DOMAIN, new byte[0], PAYLOAD));
  }

  @Test
  void lengthIsBounded() {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.seal(key, DOMAIN, TYPE, new byte[Envelope.MAX_BYTES]))
        .withMessageContaining("at most 16384");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.open(new byte[Envelope.MAX_BYTES + 1], DOMAIN))
        .withMessageContaining("at most 16384");
  }
}
