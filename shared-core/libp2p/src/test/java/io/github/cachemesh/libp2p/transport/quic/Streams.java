package io.github.cachemesh.libp2p.transport.quic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.libp2p.core.MuxedStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Text over streams. */
final class Streams {
  private Streams() {}

  static void send(MuxedStream stream, String text) throws IOException {
    stream.write(US_ASCII.encode(text));
  }

  static String receive(MuxedStream stream, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining()) {
      if (stream.read(target) < 0) {
        throw new EOFException("the flow ended after " + target.position() + " bytes");
      }
    }
    return US_ASCII.decode(target.flip()).toString();
  }
}
