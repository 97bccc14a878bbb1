package io.github.cachemesh.libp2p.identity;

import io.github.cachemesh.libp2p.protobuf.ProtobufReader;
import io.github.cachemesh.libp2p.protobuf.ProtobufWriter;
import java.util.Arrays;

/**
 * A public or private key as libp2p encodes it: type and data, in exactly one encoding, because
 * peer ids are made from it ({@code peer-ids/peer-ids.md}, Keys).
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record KeyMessage(KeyType type, byte[] data) {
  private static final int TYPE = 1;
  private static final int DATA = 2;

  byte[] encoded() {
    return new ProtobufWriter().uint64(TYPE, type.number()).bytes(DATA, data).toBytes();
  }

  /**
   * @throws IllegalArgumentException if {@code bytes} is longer than {@code maxBytes} or is not
   *     what {@link #encoded} gives
   */
  static KeyMessage decode(String name, byte[] bytes, int maxBytes) {
    if (bytes.length > maxBytes) {
      throw new IllegalArgumentException(
          name + " of " + bytes.length + " bytes, at most " + maxBytes + " are allowed");
    }
    long type = -1;
    byte[] data = {};
    ProtobufReader in = new ProtobufReader(name, bytes);
    while (in.next()) {
      switch (in.field()) {
        case TYPE -> type = in.uint64();
        case DATA -> data = in.bytes(maxBytes);
        default -> throw new IllegalArgumentException(name + ": unknown field " + in.field());
      }
    }
    KeyMessage message = new KeyMessage(KeyType.of(type), data);
    if (!Arrays.equals(message.encoded(), bytes)) {
      throw new IllegalArgumentException(name + ": not in the one encoding that is allowed");
    }
    return message;
  }
}
