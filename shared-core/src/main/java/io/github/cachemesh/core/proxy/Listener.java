package io.github.cachemesh.core.proxy;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the requests of one listener have in common.
 *
 * @param own the authorities under which clients reach it, so that it stands for the API's base URL
 * @param trusted whether only the node's owner can connect
 * @param secretBase the only thing that it serves, where it has one
 */
record Listener(
    Set<String> own, boolean trusted, RelayedHosts relayed, Optional<SecretBase> secretBase) {

  static Listener unixSocket(Clock clock) {
    return new Listener(Set.of("localhost"), true, new RelayedHosts(clock), Optional.empty());
  }

  static Listener tcp(String host, int port, Clock clock) {
    String literal = host.contains(":") ? "[" + host + "]" : host;
    Set<String> own =
        Stream.of(literal.toLowerCase(Locale.ROOT), "localhost", "127.0.0.1")
            .map(name -> name + ":" + port)
            .collect(Collectors.toUnmodifiableSet());
    return new Listener(own, false, new RelayedHosts(clock), Optional.empty());
  }

  static Listener below(SecretBase base, Clock clock) {
    return new Listener(Set.of(), false, new RelayedHosts(clock), Optional.of(base));
  }

  /** A refusal as this listener words it: a stranger to its secret base is told nothing. */
  Reply refusal(Reply plain, String target) {
    boolean stranger = secretBase.filter(base -> base.below(target).isEmpty()).isPresent();
    return stranger ? Problem.NOTHING_HERE : plain;
  }
}
