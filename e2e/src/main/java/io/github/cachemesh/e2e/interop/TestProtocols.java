package io.github.cachemesh.e2e.interop;

import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.identity.PeerId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The listener's side of the tests. Thread-safe. */
final class TestProtocols {
  static final ProtocolId ECHO = new ProtocolId("/cachemesh/interop/echo/1.0.0");
  static final ProtocolId HALF_CLOSE = new ProtocolId("/cachemesh/interop/half-close/1.0.0");
  static final ProtocolId RESET = new ProtocolId("/cachemesh/interop/reset/1.0.0");

  static final byte RESET_YOU = 1;
  static final byte AWAIT_RESET = 2;
  static final byte TELL_RESETS = 3;

  private static final int CHUNK_BYTES = 64 << 10;
  private static final int MAX_HALF_CLOSE_BYTES = 1 << 20;

  private final Map<PeerId, Integer> resets = new ConcurrentHashMap<>();

  private TestProtocols() {}

  static void serve(Host host) {
    TestProtocols protocols = new TestProtocols();
    host.handle(ECHO, TestProtocols::echo);
    host.handle(HALF_CLOSE, TestProtocols::answerAtTheEnd);
    host.handle(RESET, protocols::reset);
  }

  private static void echo(Stream stream) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    while (stream.read(chunk.clear()) >= 0) {
      stream.write(chunk.flip());
    }
  }

  private static void answerAtTheEnd(Stream stream) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    for (int count; (count = stream.read(chunk.clear())) >= 0; ) {
      if (content.size() + count > MAX_HALF_CLOSE_BYTES) {
        throw new IOException("more than " + MAX_HALF_CLOSE_BYTES + " bytes");
      }
      content.write(chunk.array(), 0, count);
    }
    stream.write(ByteBuffer.wrap(content.toByteArray()));
  }

  private void reset(Stream stream) throws IOException {
    PeerId remote = stream.connection().remotePeer();
    switch (octet(stream)) {
      case AWAIT_RESET -> {
        stream.write(ByteBuffer.wrap(new byte[] {AWAIT_RESET}));
        try {
          stream.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
          resets.merge(remote, 1, Integer::sum);
        }
      }
      case TELL_RESETS ->
          stream.write(ByteBuffer.wrap(new byte[] {resets.getOrDefault(remote, 0).byteValue()}));
      default -> throw new IOException("a reset was asked for");
    }
  }

  /**
   * @throws IOException also when the flow ends
   */
  static byte octet(MuxedStream stream) throws IOException {
    ByteBuffer octet = ByteBuffer.allocate(1);
    if (!stream.readFully(octet)) {
      throw new IOException("the flow ended where a byte was expected");
    }
    return octet.get(0);
  }
}
