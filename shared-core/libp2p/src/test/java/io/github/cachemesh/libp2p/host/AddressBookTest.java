package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PeerRecord;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressBookTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final PrivateKey KEY = PrivateKey.generate(KeyType.ED25519);
  private static final PeerId PEER = KEY.peerId();
  private static final Multiaddr A = Multiaddr.parse("/memory/1");
  private static final Multiaddr B = Multiaddr.parse("/memory/2");
  private static final Multiaddr C = Multiaddr.parse("/memory/3");

  private Instant now = Instant.EPOCH;
  private final AddressBook book = new AddressBook(new AddressBookLimits(2, 2), () -> now);

  @Test
  void anAddressLivesForItsTime() {
    book.add(PEER, List.of(A), MINUTE);

    now = now.plusSeconds(59);
    assertThat(book.addresses(PEER)).containsExactly(A);
    now = now.plusSeconds(1);
    assertThat(book.addresses(PEER)).isEmpty();
    assertThat(book.peers()).isEmpty();
  }

  @Test
  void addingItAgainNeverShortensItsLife() {
    book.add(PEER, List.of(A), MINUTE.multipliedBy(2));
    book.add(PEER, List.of(A), MINUTE);

    now = now.plus(MINUTE);
    assertThat(book.addresses(PEER)).containsExactly(A);
  }

  @Test
  void anAddressMayLiveForever() {
    book.add(PEER, List.of(A), AddressBook.FOREVER);

    now = now.plus(Duration.ofDays(36_500));
    assertThat(book.addresses(PEER)).containsExactly(A);
  }

  @Test
  void peerIdsAtTheEndAreLeftOut() {
    book.add(PEER, List.of(A.withPeer(PEER.multihash())), MINUTE);

    assertThat(book.addresses(PEER)).containsExactly(A);
  }

  @Test
  void nothingExpiresWhileThePeerIsConnectedAndForAWhileAfter() {
    book.add(PEER, List.of(A), MINUTE);
    book.connected(PEER);

    now = now.plus(Duration.ofDays(1));
    assertThat(book.addresses(PEER)).containsExactly(A);
    book.disconnected(PEER);
    now = now.plus(AddressBook.AFTER_CONNECTION).minusSeconds(1);
    assertThat(book.addresses(PEER)).containsExactly(A);
    now = now.plusSeconds(1);
    assertThat(book.addresses(PEER)).isEmpty();
  }

  @Test
  void certifiedAddressesComeFirst() {
    book.add(PEER, List.of(A), MINUTE.multipliedBy(2));
    assertThat(certify(1, B)).isTrue();

    assertThat(book.addresses(PEER)).containsExactly(B, A);
  }

  @Test
  void aNewerRecordReplacesWhatAnOlderCertified() {
    certify(1, A);
    book.add(PEER, List.of(C), MINUTE);

    assertThat(certify(2, B)).isTrue();
    assertThat(book.addresses(PEER)).containsExactly(B, C);
  }

  @Test
  void anOlderOrRepeatedRecordChangesNothing() {
    certify(2, A);

    assertThat(certify(2, B)).isFalse();
    assertThat(certify(1, B)).isFalse();
    assertThat(book.addresses(PEER)).containsExactly(A);
  }

  @Test
  void aRecordCountsAsLongAsAnAddressOfItLives() {
    certify(2, A);
    assertThat(book.envelope(PEER))
        .contains(new PeerRecord(PEER, 2, List.of(A)).seal(KEY).encoded());

    now = now.plus(MINUTE);
    assertThat(book.envelope(PEER)).isEmpty();
    assertThat(certify(1, B)).isTrue();
  }

  @Test
  void beyondTheBoundTheAddressGoesThatWouldExpireFirstCertifiedOnesLast() {
    certify(1, A);
    book.add(PEER, List.of(B), MINUTE.multipliedBy(2));
    book.add(PEER, List.of(C), MINUTE.multipliedBy(3));

    assertThat(book.addresses(PEER)).containsExactly(A, C);
  }

  @Test
  void beyondTheBoundThePeerGoesThatWasHeardOfLongestAgo() {
    PeerId second = PrivateKey.generate(KeyType.ED25519).peerId();
    PeerId third = PrivateKey.generate(KeyType.ED25519).peerId();
    book.add(PEER, List.of(A), MINUTE);
    book.add(second, List.of(A), MINUTE);
    book.add(PEER, List.of(B), MINUTE);

    book.add(third, List.of(A), MINUTE);

    assertThat(book.peers()).containsExactlyInAnyOrder(PEER, third);
  }

  @Test
  void connectedPeersAreNotForgottenForOthers() {
    book.add(PEER, List.of(A), MINUTE);
    book.connected(PEER);
    for (int i = 0; i < 3; i++) {
      book.add(PrivateKey.generate(KeyType.ED25519).peerId(), List.of(A), MINUTE);
    }

    assertThat(book.peers()).hasSize(3).contains(PEER);
  }

  @Test
  void whatIsRemovedIsForgotten() {
    book.add(PEER, List.of(A), MINUTE);
    book.connected(PEER);
    book.remove(PEER);

    assertThat(book.addresses(PEER)).isEmpty();
    book.disconnected(PEER);
    assertThat(book.peers()).isEmpty();
  }

  private boolean certify(long sequence, Multiaddr address) {
    return book.certify(new PeerRecord(PEER, sequence, List.of(address)).seal(KEY), MINUTE);
  }
}
