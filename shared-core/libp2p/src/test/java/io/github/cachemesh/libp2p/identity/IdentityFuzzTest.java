package io.github.cachemesh.libp2p.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever the bytes are, they are refused, or they are the one form of what was read. */
class IdentityFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void publicKey(byte[] bytes) {
    PublicKey key;
    try {
      key = PublicKey.decode(bytes);
    } catch (IllegalArgumentException _) {
      return;
    }
    assertThat(key.encoded()).isEqualTo(bytes);
    assertThat(key.verify(bytes, bytes)).isFalse();
  }

  @FuzzTest(maxDuration = "5s")
  void publicKeyOfAnyType(byte[] bytes) {
    for (KeyType type : KeyType.values()) {
      publicKey(new KeyMessage(type, bytes).encoded());
    }
  }

  @FuzzTest(maxDuration = "5s")
  void privateKeyOfAnyType(byte[] bytes) {
    for (KeyType type : KeyType.values()) {
      try {
        PrivateKey key = PrivateKey.decode(new KeyMessage(type, bytes).encoded());
        assertThat(PrivateKey.decode(key.encoded())).isEqualTo(key);
      } catch (IllegalArgumentException _) {
        // Refused, as it should be.
      }
    }
  }

  @FuzzTest(maxDuration = "5s")
  void peerId(byte[] bytes) {
    try {
      PeerId id = PeerId.parse(new String(bytes, StandardCharsets.UTF_8));
      assertThat(PeerId.decode(id.bytes())).isEqualTo(id);
      assertThat(PeerId.parse(id.toString())).isEqualTo(id);
    } catch (IllegalArgumentException _) {
      // Refused, as it should be.
    }
  }

  @FuzzTest(maxDuration = "5s")
  void envelope(byte[] bytes) {
    try {
      Envelope envelope = Envelope.open(bytes, PeerRecord.DOMAIN);
      assertThat(envelope.encoded()).isEqualTo(bytes);
      assertThat(PeerRecord.of(envelope).peer()).isEqualTo(envelope.publicKey().peerId());
    } catch (IllegalArgumentException _) {
      // Refused, as it should be.
    }
  }

  @FuzzTest(maxDuration = "5s")
  void peerRecord(byte[] bytes) {
    PeerRecord record;
    try {
      record = PeerRecord.decode(bytes);
    } catch (IllegalArgumentException _) {
      return;
    }
    assertThat(PeerRecord.decode(record.encoded())).isEqualTo(record);
  }
}
