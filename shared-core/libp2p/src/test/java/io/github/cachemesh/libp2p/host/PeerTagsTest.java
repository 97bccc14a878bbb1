package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import org.junit.jupiter.api.Test;

class PeerTagsTest {
  private static final PeerId PEER = PrivateKey.generate(KeyType.ED25519).peerId();

  private final PeerTags tags = new PeerTags();

  @Test
  void aPeersValueIsTheSumOfItsWeights() {
    tags.tag(PEER, "a", 5);
    tags.tag(PEER, "b", -2);
    tags.tag(PEER, "a", 4);
    assertThat(tags.value(PEER)).isEqualTo(2);

    tags.untag(PEER, "a");
    tags.untag(PEER, "b");
    assertThat(tags.value(PEER)).isZero();
  }

  @Test
  void aPeerIsProtectedUntilTheLastTagIsTakenAway() {
    tags.protect(PEER, "a");
    tags.protect(PEER, "b");

    assertThat(tags.unprotect(PEER, "a")).isTrue();
    assertThat(tags.isProtected(PEER)).isTrue();
    assertThat(tags.unprotect(PEER, "b")).isFalse();
    assertThat(tags.isProtected(PEER)).isFalse();
  }

  @Test
  void aPeerHasSoManyTags() {
    for (int i = 0; i < PeerTags.MAX_TAGS; i++) {
      tags.tag(PEER, "tag " + i, 1);
    }
    tags.tag(PEER, "tag 0", 2);

    assertThatIllegalStateException().isThrownBy(() -> tags.tag(PEER, "one more", 1));
  }
}
