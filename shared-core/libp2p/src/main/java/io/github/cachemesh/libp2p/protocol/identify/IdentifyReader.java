package io.github.cachemesh.libp2p.protocol.identify;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.protobuf.ProtobufReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers an {@link IdentifyMessage} from its parts. For one thread. */
final class IdentifyReader {
  private static final int MAX = IdentifyMessage.MAX_PART_BYTES;

  private byte @Nullable [] publicKey;
  private final List<Multiaddr> addresses = new ArrayList<>();
  private final List<String> protocols = new ArrayList<>();
  private @Nullable Multiaddr observed;
  private @Nullable String protocolVersion;
  private @Nullable String agent;
  private byte @Nullable [] signedRecord;

  /**
   * @throws IllegalArgumentException if it is no protobuf message of this kind
   */
  void add(byte[] part) {
    ProtobufReader in = new ProtobufReader("Identify", part);
    while (in.next()) {
      switch (in.field()) {
        case IdentifyMessage.PUBLIC_KEY -> publicKey = in.bytes(MAX);
        case IdentifyMessage.LISTEN_ADDRS -> {
          Multiaddr address = readable(in.bytes(MAX));
          if (address != null) {
            addresses.add(address);
          }
        }
        case IdentifyMessage.PROTOCOLS -> protocols.add(in.string(MAX));
        case IdentifyMessage.OBSERVED_ADDR -> observed = readable(in.bytes(MAX));
        case IdentifyMessage.PROTOCOL_VERSION -> protocolVersion = in.string(MAX);
        case IdentifyMessage.AGENT_VERSION -> agent = in.string(MAX);
        case IdentifyMessage.SIGNED_PEER_RECORD -> signedRecord = in.bytes(MAX);
        default -> {} // A later version's.
      }
    }
  }

  IdentifyMessage message() {
    return new IdentifyMessage(
        publicKey, addresses, protocols, observed, protocolVersion, agent, signedRecord);
  }

  /** One address that is of no use here must not cost the others. */
  private static @Nullable Multiaddr readable(byte[] bytes) {
    try {
      return Multiaddr.decode(bytes);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
