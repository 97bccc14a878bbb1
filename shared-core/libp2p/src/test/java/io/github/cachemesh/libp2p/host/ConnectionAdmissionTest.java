package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;

class ConnectionAdmissionTest {
  private static final PeerId PEER = PrivateKey.generate(KeyType.ED25519).peerId();
  private static final PeerId OTHER = PrivateKey.generate(KeyType.ED25519).peerId();
  private static final Multiaddr HERE = Multiaddr.parse("/memory/1");

  private final Refusals refusals = new Refusals();

  @Test
  void aHandshakeCountsUntilThePeerIsKnown() throws LimitExceededException {
    ConnectionAdmission admission = admission(9, 9, 9, 9, 9, 1, 9);
    Grant grant = admission.accepted(HERE);
    assertThat(admission.admits(HERE)).isFalse();

    admission.acceptedFrom(grant, PEER);

    assertThat(admission.admits(HERE)).isTrue();
    assertThat(refusals.snapshot()).containsEntry(Limit.INBOUND_HANDSHAKES, 1L);
  }

  @Test
  void aPeerHasSoManyConnectionsInBothDirections() throws LimitExceededException {
    ConnectionAdmission admission = admission(9, 9, 9, 1, 9, 9, 9);
    Grant outbound = admission.dialed(PEER);
    Grant inbound = admission.accepted(HERE);

    assertThatThrownBy(() -> admission.acceptedFrom(inbound, PEER))
        .isInstanceOf(LimitExceededException.class);
    outbound.release();
    admission.acceptedFrom(inbound, PEER);
    admission.dialed(OTHER);
  }

  @Test
  void anIp4AddressHasSoManyConnections() throws LimitExceededException {
    ConnectionAdmission admission = admission(9, 9, 9, 9, 1, 9, 9);
    Grant grant = admission.accepted(Multiaddr.parse("/ip4/1.2.3.4/tcp/1"));

    assertThat(admission.admits(Multiaddr.parse("/ip4/1.2.3.4/tcp/2"))).isFalse();
    assertThat(admission.admits(Multiaddr.parse("/ip4/1.2.3.5/tcp/1"))).isTrue();
    grant.release();
    assertThat(admission.admits(Multiaddr.parse("/ip4/1.2.3.4/tcp/2"))).isTrue();
  }

  @Test
  void anIp6NetworkHasSoManyConnections() throws LimitExceededException {
    ConnectionAdmission admission = admission(9, 9, 9, 9, 1, 9, 9);
    admission.accepted(Multiaddr.parse("/ip6/2600:1:2:300::1/tcp/1"));

    assertThat(admission.admits(Multiaddr.parse("/ip6/2600:1:2:3ff::2/tcp/1"))).isFalse();
    assertThat(admission.admits(Multiaddr.parse("/ip6/2600:1:2:400::1/tcp/1"))).isTrue();
  }

  @Test
  void loopbackIsNoSubnet() throws LimitExceededException {
    ConnectionAdmission admission = admission(9, 9, 9, 9, 1, 9, 9);
    admission.accepted(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));

    assertThat(admission.admits(Multiaddr.parse("/ip4/127.0.0.1/tcp/2"))).isTrue();
  }

  @Test
  void nothingIsDialedThatCouldNotBeKept() throws LimitExceededException {
    ConnectionAdmission admission = admission(9, 9, 1, 9, 9, 9, 9);
    Grant grant = admission.dialed(PEER);

    assertThatThrownBy(admission::dialing).hasMessageContaining("outbound connections");
    grant.release();
    admission.dialing();
  }

  @Test
  void directionsHaveBoundsOfTheirOwnWithinThatOfAll() throws LimitExceededException {
    ConnectionAdmission admission = admission(3, 2, 2, 9, 9, 9, 9);
    admission.accepted(HERE);
    admission.accepted(HERE);
    assertThatThrownBy(() -> admission.accepted(HERE)).hasMessageContaining("inbound");

    admission.dialed(PEER);
    assertThatThrownBy(() -> admission.dialed(PEER))
        .hasMessage("there are 3 connections, the limit");
    assertThat(admission.count()).isEqualTo(3);
  }

  @Test
  void aLimitIsAboveZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionLimits(1, 1, 1, 0, 1, 1, 1))
        .withMessage("perPeer is 0, but has to be above 0");
  }

  private ConnectionAdmission admission(
      int all, int inbound, int outbound, int perPeer, int perSubnet, int handshakes, int dials) {
    return new ConnectionAdmission(
        new ConnectionLimits(all, inbound, outbound, perPeer, perSubnet, handshakes, dials),
        refusals);
  }
}
