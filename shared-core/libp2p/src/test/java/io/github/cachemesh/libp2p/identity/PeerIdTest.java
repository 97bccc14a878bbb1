package io.github.cachemesh.libp2p.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.Multihash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {
  private static final String ED25519 = "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";
  private static final String SHA256 = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";

  /** From libp2p/specs, peer-ids/peer-ids.md, and multiformats/go-multiaddr. */
  @ParameterizedTest
  @CsvSource({
    SHA256 + ", bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe",
    "12D3KooWCryG7Mon9orvQxcS1rYZjotPgpwoJNHHKcLLfE4Hf5mV,"
        + " bafzaajaiaejcalj543iwv2d7pkjt7ykvefrkfu7qjfi6sduakhso4lay6abn2d5u"
  })
  void bothTextFormsAreReadAndWritten(String base58, String cid) {
    PeerId id = PeerId.parse(base58);

    assertThat(PeerId.parse(cid)).isEqualTo(id).hasSameHashCodeAs(id);
    assertThat(id.toBase58()).isEqualTo(base58).isEqualTo(id.toString());
    assertThat(id.toCid()).hasToString(cid);
    assertThat(PeerId.decode(id.bytes())).isEqualTo(id);
    assertThat(PeerId.of(id.multihash())).isEqualTo(id);
  }

  @Test
  void cidInBase36IsRead() {
    assertThat(PeerId.parse("k51qzi5uqu5dhb6l8spkdx7yxafegfkee5by8h7lmjh2ehc2sgg34z7c15vzqs"))
        .hasToString("12D3KooWCryG7Mon9orvQxcS1rYZjotPgpwoJNHHKcLLfE4Hf5mV");
  }

  @ParameterizedTest
  @EnumSource(names = {"ED25519", "SECP256K1"})
  void shortKeyIsInItsId(KeyType type) {
    PublicKey key = PrivateKey.generate(type).publicKey();

    assertThat(key.peerId().multihash().code()).isEqualTo(Multihash.IDENTITY);
    assertThat(key.peerId().publicKey()).contains(key);
    assertThat(key.peerId().toString()).startsWith("1");
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA"})
  void longKeyIsHashed(KeyType type) {
    PublicKey key = PrivateKey.generate(type).publicKey();

    assertThat(key.peerId().multihash()).isEqualTo(Multihash.sha256(key.encoded()));
    assertThat(key.peerId().publicKey()).isEmpty();
    assertThat(key.peerId().toString()).startsWith("Qm");
  }

  @Test
  void idWithoutAKeyInItIsReadAndGivesNone() {
    assertThat(PeerId.of(Multihash.identity(new byte[] {1, 2, 3})).publicKey()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "Qm",
        "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5", // one character less
        "QmxoHT6iViN5xAjoz1VZ553cL31U9F94ht3QvWR1FrEbZY", // hash longer than SHA-256
        "bafkreifoybygix7fh3r3g5rqle3wcnhqldgdg4shzf4k3ulyw3gn7mabt4", // CID of raw bytes
        "zQmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N", // version 0 in multibase
        "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5S0", // 0 is not of base 58
        "/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N"
      })
  void malformedTextIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PeerId.parse(text));
  }

  @Test
  void hashThatIsNoPeersIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerId.of(Multihash.identity(new byte[43])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerId.of(Multihash.identity(new byte[0])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerId.of(new Multihash(Multihash.SHA2_256, new byte[31])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerId.of(new Multihash(Multihash.SHA2_512, new byte[64])));
  }

  @Test
  void idIsFoundInTheAddressThatLeadsToThePeer() {
    Multiaddr address = Multiaddr.parse("/ip4/1.2.3.4/tcp/1");
    PeerId id = PeerId.parse(ED25519);

    assertThat(PeerId.in(address)).isEmpty();
    assertThat(PeerId.in(address.withPeer(id.multihash()))).contains(id);
  }
}
