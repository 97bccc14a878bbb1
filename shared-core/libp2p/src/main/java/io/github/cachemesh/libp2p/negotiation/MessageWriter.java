package io.github.cachemesh.libp2p.negotiation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.libp2p.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Gathers messages until they are sent together. Not thread-safe. */
final class MessageWriter {
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  /** Appends a line with its length. */
  void line(String text) {
    byte[] line = text.getBytes(UTF_8);
    messages.writeBytes(Varint.encode(line.length + 1));
    messages.writeBytes(line);
    messages.write('\n');
  }

  /** Appends what another gathered, as one message of lines with a line feed behind them. */
  void nested(MessageWriter lines) {
    messages.writeBytes(Varint.encode(lines.size() + 1));
    messages.writeBytes(lines.messages.toByteArray());
    messages.write('\n');
  }

  int size() {
    return messages.size();
  }

  /** Empties it. */
  ByteBuffer take() {
    ByteBuffer all = ByteBuffer.wrap(messages.toByteArray());
    messages.reset();
    return all;
  }
}
