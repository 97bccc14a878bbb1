package io.github.cachemesh.libp2p.protocol.identify;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a peer tells of itself. Everything may be missing; nothing of it is proven but what the
 * signed record holds.
 *
 * <p>It goes as one message while that has at most {@link #MAX_PART_BYTES}, which every
 * implementation reads; what has more goes as several, which are read as their concatenation.
 *
 * @param publicKey encoded; null when missing
 * @param addresses where the peer says that it listens; those that cannot be read are left out
 * @param protocols that it answers
 * @param observed where it sees the other end; null when missing or unreadable
 * @param protocolVersion of its network; null when missing
 * @param agent its software; null when missing
 * @param signedRecord an envelope, not opened; null when missing
 * @see <a href="https://github.com/libp2p/specs/blob/master/identify/README.md">identify</a>
 */
record IdentifyMessage(
    byte @Nullable [] publicKey,
    List<Multiaddr> addresses,
    List<String> protocols,
    @Nullable Multiaddr observed,
    @Nullable String protocolVersion,
    @Nullable String agent,
    byte @Nullable [] signedRecord) {
  /** Bound on one part. */
  static final int MAX_PART_BYTES = 8 << 10;

  /** Bound on the parts of a message. */
  static final int MAX_PARTS = 10;

  static final int PUBLIC_KEY = 1;
  static final int LISTEN_ADDRS = 2;
  static final int PROTOCOLS = 3;
  static final int OBSERVED_ADDR = 4;
  static final int PROTOCOL_VERSION = 5;
  static final int AGENT_VERSION = 6;

  /** Not in the specification's text, but in every implementation. */
  static final int SIGNED_PEER_RECORD = 8;

  IdentifyMessage {
    addresses = List.copyOf(addresses);
    protocols = List.copyOf(protocols);
  }

  /**
   * Of parts as they came; what can be there once only is taken from the last part that has it.
   *
   * @throws IllegalArgumentException if one is no protobuf message of this kind
   */
  static IdentifyMessage decode(List<byte[]> parts) {
    IdentifyReader reader = new IdentifyReader();
    parts.forEach(reader::add);
    return reader.message();
  }

  /** At most {@link #MAX_PARTS}; what does not fit into them is left out, from the end. */
  List<byte[]> encode() {
    List<byte[]> parts = new ArrayList<>();
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    for (byte[] field : fields()) {
      if (field.length > MAX_PART_BYTES) {
        continue;
      }
      if (part.size() + field.length > MAX_PART_BYTES) {
        parts.add(part.toByteArray());
        part.reset();
      }
      part.writeBytes(field);
    }
    parts.add(part.toByteArray());
    return parts.subList(0, Math.min(parts.size(), MAX_PARTS));
  }

  private List<byte[]> fields() {
    List<byte[]> fields = new ArrayList<>();
    if (publicKey != null) {
      fields.add(new ProtobufWriter().bytes(PUBLIC_KEY, publicKey).toBytes());
    }
    if (observed != null) {
      fields.add(new ProtobufWriter().bytes(OBSERVED_ADDR, observed.bytes()).toBytes());
    }
    if (protocolVersion != null) {
      fields.add(new ProtobufWriter().string(PROTOCOL_VERSION, protocolVersion).toBytes());
    }
    if (agent != null) {
      fields.add(new ProtobufWriter().string(AGENT_VERSION, agent).toBytes());
    }
    for (String protocol : protocols) {
      fields.add(new ProtobufWriter().string(PROTOCOLS, protocol).toBytes());
    }
    for (Multiaddr address : addresses) {
      fields.add(new ProtobufWriter().bytes(LISTEN_ADDRS, address.bytes()).toBytes());
    }
    if (signedRecord != null) {
      fields.add(new ProtobufWriter().bytes(SIGNED_PEER_RECORD, signedRecord).toBytes());
    }
    return fields;
  }
}
