package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import org.junit.jupiter.api.Test;

class StreamAdmissionTest {
  private static final PeerId PEER = PrivateKey.generate(KeyType.ED25519).peerId();
  private static final PeerId OTHER = PrivateKey.generate(KeyType.ED25519).peerId();
  private static final ProtocolId PROTOCOL = new ProtocolId("/a");

  private final Refusals refusals = new Refusals();

  @Test
  void aProtocolHasSoManyStreamsInBothDirections() throws LimitExceededException {
    StreamAdmission admission = admission(9, 9, 9, 9, 9, 1, 9);
    Grant outbound = admission.opened(PEER);
    admission.openedFor(outbound, PROTOCOL);
    Grant inbound = admission.accepted(OTHER);

    assertThatThrownBy(() -> admission.acceptedFor(inbound, PROTOCOL))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("streams of a protocol");
    admission.acceptedFor(inbound, new ProtocolId("/b"));
  }

  @Test
  void aPeerHasSoManyStreamsInEachDirection() throws LimitExceededException {
    StreamAdmission admission = admission(9, 9, 9, 1, 1, 9, 9);
    admission.accepted(PEER);
    admission.opened(PEER);

    assertThatThrownBy(() -> admission.accepted(PEER)).hasMessageContaining("inbound");
    assertThatThrownBy(() -> admission.opened(PEER)).hasMessageContaining("outbound");
    admission.accepted(OTHER);
    assertThat(admission.count()).isEqualTo(3);
  }

  @Test
  void aNegotiationCountsUntilTheProtocolIsKnown() throws LimitExceededException {
    StreamAdmission admission = admission(9, 9, 9, 9, 9, 9, 1);
    Grant first = admission.accepted(PEER);
    assertThatThrownBy(() -> admission.accepted(OTHER)).hasMessageContaining("without a protocol");

    admission.acceptedFor(first, PROTOCOL);
    admission.accepted(OTHER);

    assertThat(refusals.snapshot()).containsEntry(Limit.STREAM_NEGOTIATIONS, 1L);
  }

  private StreamAdmission admission(
      int all,
      int inbound,
      int outbound,
      int inboundPerPeer,
      int outboundPerPeer,
      int perProtocol,
      int negotiations) {
    return new StreamAdmission(
        new StreamLimits(
            all, inbound, outbound, inboundPerPeer, outboundPerPeer, perProtocol, negotiations),
        refusals);
  }
}
