package io.github.cachemesh.core.proxy;

import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * What the requests of one listener have in common.
 *
 * @param own the authorities under which clients reach it, so that it stands for the API's base URL
 * @param trusted whether only the node's owner can connect
 */
record Listener(Set<String> own, boolean trusted, RelayedHosts relayed) {

  static Listener unixSocket(Clock clock) {
    return new Listener(Set.of("localhost"), true, new RelayedHosts(clock));
  }

  static Listener tcp(String host, int port, Clock clock) {
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return new Listener(
        Set.copyOf(List.of(literal + ":" + port, "localhost:" + port, "127.0.0.1:" + port)),
        false,
        new RelayedHosts(clock));
  }
}
