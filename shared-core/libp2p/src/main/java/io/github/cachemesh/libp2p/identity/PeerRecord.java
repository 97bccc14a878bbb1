package io.github.cachemesh.libp2p.identity;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.protobuf.ProtobufReader;
import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of a peer at one time, to be signed by itself (RFC 0003). Immutable.
 *
 * @param sequence an unsigned number that grows with each record of the peer
 * @param addresses at most as many as an {@link Envelope} holds; empty ones are left out, since
 *     peers take offence at them
 */
public record PeerRecord(PeerId peer, long sequence, List<Multiaddr> addresses) {
  /** The purpose that the envelope of a record is signed for, as implementations have it. */
  public static final String DOMAIN = "libp2p-peer-record";

  private static final byte[] PAYLOAD_TYPE = {0x03, 0x01};
  private static final int MAX_PEER_ID_BYTES = 64;
  private static final int PEER_ID = 1;
  private static final int SEQUENCE = 2;
  private static final int ADDRESS = 3;
  private static final int MULTIADDR = 1;

  public PeerRecord {
    addresses = addresses.stream().filter(address -> !address.isEmpty()).toList();
  }

  /**
   * Signs this record.
   *
   * @throws IllegalArgumentException if the key is not the peer's, or there are more addresses than
   *     an envelope holds
   */
  public Envelope seal(PrivateKey key) {
    if (!key.peerId().equals(peer)) {
      throw new IllegalArgumentException(
          "record of " + peer + " cannot be signed by " + key.peerId());
    }
    return Envelope.seal(key, DOMAIN, PAYLOAD_TYPE, encoded());
  }

  /**
   * Reads the envelope of a record that a peer signed for itself.
   *
   * @throws IllegalArgumentException if envelope or record is malformed, the signature is wrong, or
   *     the record is about another peer than the one that signed it; addresses that cannot be read
   *     are left out
   */
  public static PeerRecord open(byte[] envelope) {
    return of(Envelope.open(envelope, DOMAIN));
  }

  /**
   * The record in an envelope that was opened for {@link #DOMAIN}.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public static PeerRecord of(Envelope envelope) {
    if (!Arrays.equals(envelope.payloadType(), PAYLOAD_TYPE)) {
      throw new IllegalArgumentException("envelope does not hold a peer record");
    }
    PeerRecord record = decode(envelope.payload());
    PeerId signer = envelope.publicKey().peerId();
    if (!record.peer.equals(signer)) {
      throw new IllegalArgumentException("record of " + record.peer + " signed by " + signer);
    }
    return record;
  }

  /** Whether this record replaces one of the same peer with that number. */
  public boolean isNewerThan(long otherSequence) {
    return Long.compareUnsigned(sequence, otherSequence) > 0;
  }

  byte[] encoded() {
    ProtobufWriter out =
        new ProtobufWriter().bytes(PEER_ID, peer.bytes()).uint64(SEQUENCE, sequence);
    for (Multiaddr address : addresses) {
      out.message(ADDRESS, new ProtobufWriter().bytes(MULTIADDR, address.bytes()));
    }
    return out.toBytes();
  }

  static PeerRecord decode(byte[] payload) {
    byte[] peer = {};
    long sequence = 0;
    List<Multiaddr> addresses = new ArrayList<>();
    ProtobufReader in = new ProtobufReader("PeerRecord", payload);
    while (in.next()) {
      switch (in.field()) {
        case PEER_ID -> peer = in.bytes(MAX_PEER_ID_BYTES);
        case SEQUENCE -> sequence = in.uint64();
        case ADDRESS -> address(in.message("PeerRecord.AddressInfo")).ifPresent(addresses::add);
        default -> {} // Fields that are yet to come are nothing to us.
      }
    }
    return new PeerRecord(PeerId.decode(peer), sequence, addresses);
  }

  /** An address that cannot be read is no reason to lose the others. */
  private static Optional<Multiaddr> address(ProtobufReader in) {
    byte[] bytes = {};
    while (in.next()) {
      if (in.field() == MULTIADDR) {
        bytes = in.bytes(Envelope.MAX_BYTES);
      }
    }
    try {
      return Optional.of(Multiaddr.decode(bytes));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
