package io.github.cachemesh.e2e.interop;

import io.github.cachemesh.libp2p.Libp2p;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The contract of the transport tests in libp2p/unified-testing: settings in the environment, the
 * listener's address by way of Redis, the measures as YAML on standard output.
 */
final class OfficialContract {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Map<String, String> environment;
  private final PeerStack stack;
  private final String key;

  private OfficialContract(Map<String, String> environment) {
    this.environment = environment;
    stack =
        new PeerStack(
            value("TRANSPORT"),
            environment.getOrDefault("SECURE_CHANNEL", ""),
            environment.getOrDefault("MUXER", ""));
    key = value("TEST_KEY") + "_listener_multiaddr";
  }

  /** The status with which the program ends. */
  static int run(Map<String, String> environment, PrintStream out) {
    try {
      OfficialContract contract = new OfficialContract(environment);
      if ("true".equals(environment.get("IS_DIALER"))) {
        contract.dial(out);
        return 0;
      }
      contract.listen();
    } catch (IOException | InterruptedException | IllegalArgumentException e) {
      System.err.println("peer: " + e);
    }
    return 1;
  }

  private String value(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }

  private Jedis redis() {
    return new Jedis(HostAndPort.from(value("REDIS_ADDR")));
  }

  /** Until the process is ended, which is how the contract ends a listener. */
  private void listen() throws IOException, InterruptedException {
    try (Libp2p peer = stack.peer()) {
      Host host = peer.host();
      host.listen(stack.listenAddress(value("LISTENER_IP")));
      try (Jedis redis = redis()) {
        redis.del(key);
        redis.rpush(key, reachable(host.addresses()).withPeer(host.id().multihash()).toString());
      }
      TimeUnit.NANOSECONDS.sleep(LIMIT.toNanos());
    }
    System.err.println("peer: nobody ended the listener within " + LIMIT);
  }

  /** One that other machines can dial, and loopback where there is no other. */
  private static Multiaddr reachable(List<Multiaddr> addresses) {
    return addresses.stream()
        .filter(address -> address.ip().filter(ip -> !ip.isLoopbackAddress()).isPresent())
        .findFirst()
        .orElseGet(addresses::getFirst);
  }

  private void dial(PrintStream out) throws IOException {
    Multiaddr address = Multiaddr.parse(listenerAddress());
    try (Libp2p peer = stack.peer()) {
      long started = System.nanoTime();
      Connection connection = peer.host().connect(address);
      Duration roundTrip = peer.ping().ping(connection);
      double both = (System.nanoTime() - started) / 1e6;
      out.printf(
          Locale.ROOT,
          "latency:%n  handshake_plus_one_rtt: %.3f%n  ping_rtt: %.3f%n  unit: ms%n",
          both,
          roundTrip.toNanos() / 1e6);
    }
  }

  /** From a list, as the peers of that repository give it, or a string, as its text says. */
  private String listenerAddress() throws IOException {
    try (Jedis redis = redis()) {
      try {
        List<String> popped = redis.blpop((int) LIMIT.toSeconds(), key);
        if (popped == null) {
          throw new IOException("the listener gave no address within " + LIMIT);
        }
        return popped.get(1);
      } catch (JedisDataException e) {
        return Objects.requireNonNull(redis.get(key));
      }
    }
  }
}
