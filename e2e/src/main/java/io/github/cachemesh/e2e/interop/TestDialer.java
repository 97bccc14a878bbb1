package io.github.cachemesh.e2e.interop;

import io.github.cachemesh.libp2p.Libp2p;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.protocol.identify.PeerInfo;
import io.github.cachemesh.libp2p.protocol.perf.Perf;
import io.github.cachemesh.libp2p.protocol.ping.PingStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The dialer's side of the tests, against one remote peer. For one thread. */
final class TestDialer {
  private static final long ECHO_BYTES = 64L << 20;
  private static final long HALF_CLOSE_BYTES = 100_000;
  private static final int STREAMS = 100;
  private static final int STREAM_BYTES = 1 << 10;
  private static final int PINGS = 5;
  private static final int RESET_POLLS = 50;
  private static final long RESET_PAUSE_MILLIS = 20;
  private static final long LIMIT_SECONDS = 60;

  private final Libp2p peer;
  private final Host host;
  private final Multiaddr address;
  private final long bytes;
  private final int rounds;

  /**
   * @param address with the peer id
   * @param bytes that perf moves each way
   * @param rounds of perf, stream and dial-ping
   */
  TestDialer(Libp2p peer, Multiaddr address, long bytes, int rounds) {
    this.peer = peer;
    host = peer.host();
    this.address = address;
    this.bytes = bytes;
    this.rounds = rounds;
  }

  /** What the test measured; throws when it fails. */
  Map<String, Object> run(String test) throws Exception {
    if (test.equals("dial-ping")) {
      return Map.of("millis", repeat(rounds, this::dialAndPing));
    }
    long started = System.nanoTime();
    Connection connection = host.connect(address);
    Map<String, Object> measures = new LinkedHashMap<>();
    measures.put("millis", 0.0);
    Map<String, Object> found =
        switch (test) {
          case "handshake" -> Map.of();
          case "identify" -> identify(connection);
          case "ping" -> Map.of("millis", pings(connection));
          case "perf" -> perf(connection);
          case "streams100" -> streams(connection);
          case "echo64MiB" -> echo(connection);
          case "half-close" -> halfClose(connection);
          case "reset" -> reset(connection);
          case "stream" -> Map.of("millis", repeat(rounds, () -> echoOctet(connection)));
          default -> throw new IllegalArgumentException("there is no test " + test);
        };
    measures.put("millis", millisSince(started));
    measures.putAll(found);
    return measures;
  }

  private static double millisSince(long startedNanos) {
    return (System.nanoTime() - startedNanos) / 1e6;
  }

  private static <T> List<T> repeat(int times, Callable<T> measure) throws Exception {
    List<T> measures = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      measures.add(measure.call());
    }
    return measures;
  }

  private Map<String, Object> identify(Connection connection) throws Exception {
    PeerInfo info = peer.identify().identified(connection).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    require(
        info.protocols().contains(TestProtocols.ECHO),
        TestProtocols.ECHO + " is not among the protocols " + info.protocols());
    require(info.agent() != null && !info.agent().isEmpty(), "there is no agent version");
    require(
        info.addresses().contains(address.withoutPeer()),
        address.withoutPeer() + " is not among the addresses " + info.addresses());
    require(
        info.observed() != null && info.observed().toString().startsWith("/ip4/127.0.0.1/"),
        "the observed address is " + info.observed());
    boolean signed = host.addressBook().envelope(info.peer()).isPresent();
    return Map.of("agent", String.valueOf(info.agent()), "signedRecord", signed);
  }

  private List<Double> pings(Connection connection) throws Exception {
    try (PingStream stream = peer.ping().open(connection)) {
      return repeat(PINGS, () -> stream.ping().toNanos() / 1e6);
    }
  }

  private double dialAndPing() throws IOException {
    PeerId remote = PeerId.in(address).orElseThrow();
    for (Connection old : host.connections(remote)) {
      old.close();
      old.closed().toCompletableFuture().handle((_, _) -> true).join();
    }
    long started = System.nanoTime();
    peer.ping().ping(host.connect(address));
    return millisSince(started);
  }

  private Map<String, Object> perf(Connection connection) throws IOException {
    Perf perf = new Perf();
    List<Double> up = new ArrayList<>();
    List<Double> down = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long started = System.nanoTime();
      perf.measure(connection, bytes, 0);
      up.add(bytes / millisSince(started) * 1000);
      started = System.nanoTime();
      perf.measure(connection, 0, bytes);
      down.add(bytes / millisSince(started) * 1000);
    }
    return Map.of("uploadBytesPerSecond", up, "downloadBytesPerSecond", down);
  }

  private Map<String, Object> streams(Connection connection) throws IOException {
    List<Stream> open = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      open.add(connection.open(List.of(TestProtocols.ECHO)));
    }
    for (int i = 0; i < STREAMS; i++) {
      open.get(i).write(Content.at(i, STREAM_BYTES));
    }
    for (int i = 0; i < STREAMS; i++) {
      ByteBuffer answer = ByteBuffer.allocate(STREAM_BYTES);
      require(open.get(i).readFully(answer), "stream " + i + " ended");
      require(
          answer.flip().equals(Content.at(i, STREAM_BYTES)),
          "stream " + i + " has the content of another");
    }
    for (Stream stream : open) {
      finish(stream);
    }
    return Map.of();
  }

  private Map<String, Object> echo(Connection connection) throws Exception {
    Stream stream = connection.open(List.of(TestProtocols.ECHO));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writing =
          executor.submit(
              () -> {
                Content.write(stream, ECHO_BYTES);
                stream.closeWrite();
                return null;
              });
      try {
        Content.check(stream, ECHO_BYTES);
      } catch (IOException e) {
        stream.reset(e);
        throw e;
      }
      writing.get();
    }
    return Map.of();
  }

  private Map<String, Object> halfClose(Connection connection) throws IOException {
    try (Stream stream = connection.open(List.of(TestProtocols.HALF_CLOSE))) {
      Content.write(stream, HALF_CLOSE_BYTES);
      stream.closeWrite();
      Content.check(stream, HALF_CLOSE_BYTES);
    }
    return Map.of();
  }

  private Map<String, Object> reset(Connection connection) throws Exception {
    beReset(connection);
    Stream stream = ask(connection, TestProtocols.AWAIT_RESET);
    TestProtocols.octet(stream);
    stream.reset(new IOException("a reset is what this tests"));
    awaitCount(connection);
    echoOctet(connection);
    return Map.of();
  }

  private static Stream ask(Connection connection, byte command) throws IOException {
    Stream stream = connection.open(List.of(TestProtocols.RESET));
    stream.write(ByteBuffer.wrap(new byte[] {command}));
    return stream;
  }

  private static void beReset(Connection connection) throws IOException {
    try (Stream stream = ask(connection, TestProtocols.RESET_YOU)) {
      int count;
      try {
        count = stream.read(ByteBuffer.allocate(1));
      } catch (IOException _) {
        return;
      }
      throw new IOException(
          "the remote " + (count < 0 ? "closed the stream" : "answered") + " instead of a reset");
    }
  }

  private static void awaitCount(Connection connection) throws Exception {
    for (int i = 0; i < RESET_POLLS; i++) {
      try (Stream stream = ask(connection, TestProtocols.TELL_RESETS)) {
        if (TestProtocols.octet(stream) == 1) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(RESET_PAUSE_MILLIS);
    }
    throw new IOException("the remote saw no reset");
  }

  /** One byte there and back on a new stream; how many milliseconds it takes. */
  private static double echoOctet(Connection connection) throws IOException {
    long started = System.nanoTime();
    Stream stream = connection.open(List.of(TestProtocols.ECHO));
    stream.write(ByteBuffer.wrap(new byte[] {42}));
    byte answer = TestProtocols.octet(stream);
    double millis = millisSince(started);
    require(answer == 42, "another byte came back");
    finish(stream);
    return millis;
  }

  /** Closes the flow and reads the end that answers it. */
  private static void finish(Stream stream) throws IOException {
    stream.closeWrite();
    require(stream.read(ByteBuffer.allocate(1)) < 0, "more came instead of the end");
    stream.close();
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException(otherwise);
    }
  }
}
