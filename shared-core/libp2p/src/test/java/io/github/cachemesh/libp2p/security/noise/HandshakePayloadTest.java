package io.github.cachemesh.libp2p.security.noise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandshakePayloadTest {
  private static final PrivateKey IDENTITY = PrivateKey.generate(KeyType.ED25519);
  private static final byte[] NOISE_KEY = new byte[32];
  private static final ProtocolId FIRST = new ProtocolId("/first");
  private static final ProtocolId SECOND = new ProtocolId("/second");

  private static HandshakePayload offering(ProtocolId... muxers) {
    return HandshakePayload.vouch(IDENTITY, NOISE_KEY, List.of(muxers));
  }

  @Test
  void payloadComesThroughAndProvesTheKey() throws Exception {
    HandshakePayload decoded = HandshakePayload.decode(offering(FIRST, SECOND).encoded());
    assertThat(decoded.verify(NOISE_KEY)).isEqualTo(IDENTITY.publicKey());
    assertThat(decoded.muxers()).containsExactly("/first", "/second");
  }

  @Test
  void encodingIsTheSpecifiedOne() {
    HandshakePayload payload = new HandshakePayload(new byte[] {1}, new byte[] {2}, List.of("/y"));
    assertThat(HexFormat.of().formatHex(payload.encoded()))
        .isEqualTo("0a0101" + "120102" + "2204" + "12022f79");
  }

  @Test
  void withoutMuxersThereAreNoExtensions() {
    HandshakePayload payload = new HandshakePayload(new byte[] {1}, new byte[] {2}, List.of());
    assertThat(HexFormat.of().formatHex(payload.encoded())).isEqualTo("0a0101120102");
  }

  @Test
  void unknownFieldsAreSkipped() throws Exception {
    byte[] extensions =
        new ProtobufWriter()
            .bytes(1, new byte[34])
            .string(2, "/y")
            .bytes(1025, new byte[9])
            .toBytes();
    byte[] encoded = new ProtobufWriter().bytes(3, new byte[5]).bytes(4, extensions).toBytes();
    assertThat(HandshakePayload.decode(encoded).muxers()).containsExactly("/y");
  }

  @Test
  void signatureOfAnotherNoiseKeyIsRefused() {
    assertThatThrownBy(() -> offering().verify(new byte[] {1, 2, 3}))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("signature")
        .hasMessageContaining(IDENTITY.peerId().toString());
  }

  @Test
  void signatureOfAnotherPeerIsRefused() {
    byte[] other = PrivateKey.generate(KeyType.ED25519).publicKey().encoded();
    HandshakePayload payload = new HandshakePayload(other, offering().signature(), List.of());
    assertThatThrownBy(() -> payload.verify(NOISE_KEY)).isInstanceOf(HandshakeException.class);
  }

  @Test
  void signatureWithoutPrefixIsRefused() {
    HandshakePayload payload =
        new HandshakePayload(IDENTITY.publicKey().encoded(), IDENTITY.sign(NOISE_KEY), List.of());
    assertThatThrownBy(() -> payload.verify(NOISE_KEY)).isInstanceOf(HandshakeException.class);
  }

  @Test
  void emptyPayloadProvesNothing() throws Exception {
    HandshakePayload payload = HandshakePayload.decode(new byte[0]);
    assertThatThrownBy(() -> payload.verify(NOISE_KEY))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("no key that can be used");
  }

  @Test
  void garbageIsRefused() {
    assertThatThrownBy(() -> HandshakePayload.decode("garbage".getBytes(UTF_8)))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("malformed");
  }

  @Test
  void signatureAboveTheBoundIsRefused() {
    byte[] encoded = new ProtobufWriter().bytes(2, new byte[2049]).toBytes();
    assertThatThrownBy(() -> HandshakePayload.decode(encoded))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("2048");
  }

  @Test
  void moreMuxersThanTheBoundAreRefused() throws Exception {
    List<String> most = Collections.nCopies(HandshakePayload.MAX_MUXERS, "/y");
    byte[] none = {};
    assertThat(HandshakePayload.decode(new HandshakePayload(none, none, most).encoded()).muxers())
        .hasSize(HandshakePayload.MAX_MUXERS);
    List<String> more = Stream.concat(most.stream(), Stream.of("/y")).toList();
    byte[] encoded = new HandshakePayload(none, none, more).encoded();
    assertThatThrownBy(() -> HandshakePayload.decode(encoded))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("more than 32 muxers");
  }

  @Test
  void preferenceOfTheDialerDecidesOnTheMuxer() {
    List<ProtocolId> dialers = List.of(FIRST, SECOND);
    List<ProtocolId> listeners = List.of(SECOND, FIRST);
    assertThat(HandshakePayload.agree(Role.DIALER, dialers, offering(SECOND, FIRST)))
        .contains(FIRST);
    assertThat(HandshakePayload.agree(Role.LISTENER, listeners, offering(FIRST, SECOND)))
        .contains(FIRST);
  }
}
