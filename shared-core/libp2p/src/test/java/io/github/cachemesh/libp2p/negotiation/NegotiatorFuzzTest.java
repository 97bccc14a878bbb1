package io.github.cachemesh.libp2p.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import java.nio.ByteBuffer;
import java.util.Set;

/** Whatever a peer sends, a negotiation goes on, ends, or fails with a reason, and stays small. */
class NegotiatorFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void anyBytesAreTakenOrRefused(byte[] bytes) {
    take(new Proposer(Wire.BOTH), bytes);
    take(new Responder(Set.of(Wire.A)), bytes);
  }

  private static void take(Negotiator negotiator, byte[] bytes) {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    try {
      if (negotiator.take(source) == null) {
        assertThat(source.hasRemaining()).isFalse();
      }
      assertThat(negotiator.output().remaining())
          .isLessThan(Responder.MAX_REQUESTS * (MessageReader.MAX_BYTES + 2));
    } catch (ProtocolViolationException | NegotiationException e) {
      assertThat(e).hasMessageNotContaining("\n");
    }
  }
}
