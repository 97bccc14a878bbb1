package io.github.cachemesh.libp2p.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

class PeerRecordTest {
  private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/1.2.3.4/tcp/1");
  private static final byte[] TYPE = {3, 1};

  @Test
  void recordOfGoIsOpened() {
    PeerRecord record =
        PeerRecord.open(
            hex(
                "0a240801122079b5562e8fe654f94078b112e8a98ba7901f853ae695bed7e0e3910bad049664"
                    + "120203011a500a2600240801122079b5562e8fe654f94078b112e8a98ba7901f853ae695"
                    + "bed7e0e3910bad0496641088ef99abc5e88c91111a0d0a0b047f00000191020fa1cd03"
                    + "1a0d0a0b04c0a8000a91022328cd032a40d85c6ac219c546773786025106fb199fa63b45"
                    + "6e808af9cdbed155efd4dc1114cf7eb912a0b1cc2adfcb129f4fe54bdc47fb03987733be"
                    + "3107fed37c6495e30a"));

    assertThat(record.sequence()).isEqualTo(0x1122334455667788L);
    assertThat(record.addresses())
        .containsExactly(
            Multiaddr.parse("/ip4/127.0.0.1/udp/4001/quic-v1"),
            Multiaddr.parse("/ip4/192.168.0.10/udp/9000/quic-v1"));
    assertThat(HexFormat.of().formatHex(record.peer().bytes()))
        .isEqualTo("00240801122079b5562e8fe654f94078b112e8a98ba7901f853ae695bed7e0e3910bad049664");
  }

  @Test
  void recordIsSealedByteByByteAsRustDoes() {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 228);
    byte[] raw = Arrays.copyOf(seed, 64);
    new Ed25519PrivateKeyParameters(seed).generatePublicKey().encode(raw, 32);
    PrivateKey key = PrivateKey.decode(new KeyMessage(KeyType.ED25519, raw).encoded());
    Multiaddr address = Multiaddr.parse("/ip4/111.2.3.4/tcp/4001");

    Envelope envelope = new PeerRecord(key.peerId(), 9, List.of(address)).seal(key);

    assertThat(HexFormat.of().formatHex(envelope.encoded()))
        .isEqualTo(
            "0a240801122099a7a471e0ad5d0eb66af0e10ab93292b943eb805de97911637db4be0c072e42"
                + "120203011a360a2600240801122099a7a471e0ad5d0eb66af0e10ab93292b943eb805de9"
                + "7911637db4be0c072e4210091a0a0a08046f020304060fa12a4034b5287dce85c393caf8"
                + "669500437d0504ed26de32d415de64b60fffe0cf1254c6ed2d5fc117e17685cd9d90b50f"
                + "9ce079843ab4474b4c208cc5fd05025ba402");
  }

  @Test
  void recordIsOpenedAsItWasSealed() {
    PrivateKey key = PrivateKey.generate(KeyType.ECDSA);
    PeerRecord record = new PeerRecord(key.peerId(), -1, List.of(ADDRESS, ADDRESS));

    assertThat(PeerRecord.open(record.seal(key).encoded())).isEqualTo(record);
  }

  @Test
  void recordOfAnotherPeerIsNeitherSealedNorOpened() {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);
    PeerId other = PrivateKey.generate(KeyType.ED25519).peerId();
    PeerRecord record = new PeerRecord(other, 1, List.of(ADDRESS));
    byte[] envelope = Envelope.seal(key, PeerRecord.DOMAIN, TYPE, record.encoded()).encoded();

    assertThatIllegalArgumentException().isThrownBy(() -> record.seal(key));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerRecord.open(envelope))
        .withMessageContaining("signed by " + key.peerId());
  }

  @Test
  void envelopeOfAnotherPayloadIsRefused() {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);
    byte[] payload = new PeerRecord(key.peerId(), 1, List.of(ADDRESS)).encoded();
    byte[] voucher = {3, 2};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerRecord.of(Envelope.seal(key, PeerRecord.DOMAIN, voucher, payload)))
        .withMessageContaining("peer record");
  }

  @Test
  void addressThatCannotBeReadIsLeftOut() {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);
    byte[] payload =
        new ProtobufWriter()
            .bytes(1, key.peerId().bytes())
            .uint64(2, 1)
            .message(3, new ProtobufWriter())
            .message(3, new ProtobufWriter().bytes(1, new byte[] {4, 1}))
            .message(3, new ProtobufWriter().bytes(1, new byte[Multiaddr.MAX_BYTES + 1]))
            .message(3, new ProtobufWriter().bytes(1, ADDRESS.bytes()))
            .toBytes();

    assertThat(PeerRecord.decode(payload).addresses()).containsExactly(ADDRESS);
  }

  @Test
  void emptyAddressIsNotSent() {
    PeerId peer = PrivateKey.generate(KeyType.ED25519).peerId();

    assertThat(new PeerRecord(peer, 1, List.of(Multiaddr.EMPTY, ADDRESS)).addresses())
        .containsExactly(ADDRESS);
  }

  @Test
  void recordWithoutAPeerIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> PeerRecord.decode(new byte[0]));
  }

  @Test
  void addressesAreBoundedByTheEnvelope() {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);
    PeerRecord record = new PeerRecord(key.peerId(), 1, Collections.nCopies(2_000, ADDRESS));

    assertThatIllegalArgumentException().isThrownBy(() -> record.seal(key));
  }

  @Test
  void sequenceIsUnsigned() {
    PeerId peer = PrivateKey.generate(KeyType.ED25519).peerId();
    PeerRecord first = new PeerRecord(peer, 1, List.of());
    PeerRecord last = new PeerRecord(peer, -1, List.of());

    assertThat(last.isNewerThan(first.sequence())).isTrue();
    assertThat(first.isNewerThan(last.sequence())).isFalse();
    assertThat(first.isNewerThan(first.sequence())).isFalse();
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
