package io.github.cachemesh.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whatever comes instead of a handshake, no peer comes of it, and no more than a wait. */
class HandshakeFuzzTest {
  private static final NoiseChannel NOISE =
      new NoiseChannel(PrivateKey.generate(KeyType.ED25519), List.of());

  @FuzzTest(maxDuration = "5s")
  void anyFlowIsWaitedForOrRefused(byte[] bytes) {
    for (Role role : Role.values()) {
      EmbeddedChannel channel = new EmbeddedChannel();
      CompletableFuture<SecuredPeer> secured = NOISE.secure(channel, role, null);
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
      assertThat(secured.isDone()).isEqualTo(!channel.isOpen());
      channel.finishAndReleaseAll();
      assertThat(secured).isCompletedExceptionally();
    }
  }
}
