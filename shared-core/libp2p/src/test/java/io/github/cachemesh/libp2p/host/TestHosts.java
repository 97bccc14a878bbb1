package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hosts on a fake network, which are closed after the test. */
final class TestHosts implements AutoCloseable {
  static final ProtocolId ECHO = new ProtocolId("/echo/1");

  final FakeNetwork network = new FakeNetwork();
  private final List<Host> hosts = new ArrayList<>();

  Host host() {
    return host(_ -> {});
  }

  Host host(Consumer<TestSettings> change) {
    TestSettings settings = new TestSettings();
    change.accept(settings);
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);
    Host host = new Host(settings.of(key, List.of(network.transport(key)), network.loop()));
    hosts.add(host);
    return host;
  }

  /** One that echoes, at this address. */
  Host echo(Multiaddr address) throws IOException {
    return echo(address, _ -> {});
  }

  Host echo(Multiaddr address, Consumer<TestSettings> change) throws IOException {
    Host host = host(change);
    host.handle(ECHO, TestHosts::echo);
    host.listen(address);
    return host;
  }

  static void echo(Stream stream) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    while (stream.read(buffer.clear()) >= 0) {
      stream.write(buffer.flip());
    }
  }

  static String ask(Connection connection, String text) throws IOException {
    try (Stream stream = connection.open(List.of(ECHO))) {
      return ask(stream, text);
    }
  }

  /** Ends this end's flow, and reads the peer's to its end. */
  static String ask(Stream stream, String text) throws IOException {
    stream.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    stream.closeWrite();
    ByteBuffer answer = ByteBuffer.allocate(1024);
    while (stream.read(answer) >= 0) {
      // To the end.
    }
    return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    hosts.forEach(Host::close);
    network.close();
  }
}
