package io.github.cachemesh.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cachemesh.libp2p.core.HandshakeException;

/** Whatever a peer says, it is understood within bounds or refused with a reason. */
class HandshakePayloadFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void anyPayloadIsReadOrRefused(byte[] bytes) throws HandshakeException {
    HandshakePayload payload;
    try {
      payload = HandshakePayload.decode(bytes);
    } catch (HandshakeException e) {
      assertThat(e).hasMessageContaining("malformed");
      return;
    }
    assertThat(payload.muxers()).hasSizeLessThanOrEqualTo(HandshakePayload.MAX_MUXERS);
    HandshakePayload again = HandshakePayload.decode(payload.encoded());
    assertThat(again.muxers()).isEqualTo(payload.muxers());
    assertThat(again.identityKey()).isEqualTo(payload.identityKey());
    assertThat(again.signature()).isEqualTo(payload.signature());
  }
}
