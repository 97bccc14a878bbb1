package io.github.cachemesh.libp2p.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4001);
  private static final int MAX = 4;

  private boolean admits = true;
  private int asked;
  private final Admission admission =
      new Admission(
          new ConnectionAcceptor() {
            @Override
            public boolean admits(Multiaddr remote) {
              assertThat(remote).isEqualTo(Multiaddr.parse("/ip4/192.0.2.1/udp/4001/quic-v1"));
              asked++;
              return admits;
            }

            @Override
            public void incoming(Multiaddr remote, CompletableFuture<MuxedConnection> upgrade) {}
          },
          new RetryTokens(InstantSource.system(), new SecureRandom()),
          MAX);
  private final ByteBuf token = Unpooled.buffer();

  private boolean retries() {
    return admission.writeToken(token.clear(), Unpooled.wrappedBuffer(new byte[8]), PEER);
  }

  private void handshakes(int count) {
    for (int i = 0; i < count; i++) {
      admission.handshakeBegins();
    }
  }

  @Test
  void idleSocketAdmitsAtOnce() {
    assertThat(retries()).isFalse();
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void whomTheHostRefusesGetsNoAnswer() {
    admits = false;
    assertThatExceptionOfType(Admission.Refusal.class).isThrownBy(this::retries);
  }

  @Test
  void busySocketWantsTheAddressProven() {
    handshakes(MAX / 2);
    assertThat(retries()).isTrue();
    assertThat(asked).as("nothing is decided before").isZero();
    assertThat(admission.validateToken(token, PEER)).isPositive();
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void provenAddressMayStillBeRefused() {
    handshakes(MAX / 2);
    retries();
    admits = false;
    assertThat(admission.validateToken(token, PEER)).isNegative();
  }

  @Test
  void fullSocketRefusesWhoeverIsNew() {
    handshakes(MAX);
    assertThatExceptionOfType(Admission.Refusal.class).isThrownBy(this::retries);
  }

  @Test
  void fullSocketRefusesEvenProvenAddresses() {
    handshakes(MAX / 2);
    retries();
    handshakes(MAX / 2);
    assertThat(admission.validateToken(token, PEER)).isNegative();
    admission.handshakeEnds();
    assertThat(admission.validateToken(token, PEER)).isPositive();
  }

  @Test
  void closedSocketRefusesEverybody() {
    admission.close();
    assertThatExceptionOfType(Admission.Refusal.class).isThrownBy(this::retries);
  }
}
