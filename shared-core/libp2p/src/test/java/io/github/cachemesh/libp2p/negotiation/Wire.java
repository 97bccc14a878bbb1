package io.github.cachemesh.libp2p.negotiation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.libp2p.core.ProtocolId;
import java.nio.ByteBuffer;
import java.util.List;

/** Messages as they are on the wire. */
final class Wire {
  static final ProtocolId A = new ProtocolId("/a/1");
  static final ProtocolId B = new ProtocolId("/b/1");
  static final List<ProtocolId> BOTH = List.of(A, B);

  private Wire() {}

  /** Lines of less than 127 bytes, each with its length. */
  static ByteBuffer lines(String... lines) {
    return ByteBuffer.wrap(text(lines).getBytes(UTF_8));
  }

  static String text(String... lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append((char) (line.length() + 1)).append(line).append('\n');
    }
    return text.toString();
  }

  static String text(ByteBuffer bytes) {
    return UTF_8.decode(bytes.duplicate()).toString();
  }
}
