package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Says which of a peer's addresses to try when, so that the best that works wins and few are tried
 * in vain (happy eyeballs, RFC 8305). Loopback, private and public addresses start side by side;
 * within each of these, QUIC comes before TCP and IPv6 before IPv4: one at once, one of the other
 * family a step later, the rest another step later, and then the next kind. Relayed addresses wait
 * for direct ones that are public.
 */
final class DialRanking {
  static final Duration PUBLIC_STEP = Duration.ofMillis(250);
  static final Duration NEAR_STEP = Duration.ofMillis(30);
  static final Duration RELAY_DELAY = Duration.ofMillis(500);
  static final Duration PUBLIC_OTHER_DELAY = Duration.ofSeconds(1);
  static final Duration NEAR_OTHER_DELAY = Duration.ofMillis(100);

  private static final int IP6_UNIQUE_LOCAL_MASK = 0xFE;
  private static final int IP6_UNIQUE_LOCAL = 0xFC;
  private static final int IP4_SHARED_FIRST = 100;
  private static final int IP4_SHARED_MASK = 0xC0;
  private static final int IP4_SHARED_SECOND = 64;

  private DialRanking() {}

  /** An address, and how long to wait before it is tried. */
  record Ranked(Multiaddr address, Duration delay) {}

  private enum Reach {
    LOOPBACK,
    PRIVATE,
    PUBLIC,
    RELAYED,
    /** Without an IP address, such as those of the memory transport. */
    ELSEWHERE
  }

  private enum Kind {
    QUIC,
    TCP,
    OTHER
  }

  /** The soonest first. */
  static List<Ranked> rank(Collection<Multiaddr> addresses) {
    Map<Reach, List<Multiaddr>> groups = new EnumMap<>(Reach.class);
    for (Multiaddr address : addresses) {
      groups.computeIfAbsent(reach(address), _ -> new ArrayList<>()).add(address);
    }
    List<Ranked> ranked = new ArrayList<>(addresses.size());
    groups.forEach(
        (reach, group) ->
            ranked.addAll(
                switch (reach) {
                  case LOOPBACK, PRIVATE ->
                      stagger(group, NEAR_STEP, NEAR_OTHER_DELAY, Duration.ZERO);
                  case PUBLIC -> stagger(group, PUBLIC_STEP, PUBLIC_OTHER_DELAY, Duration.ZERO);
                  case RELAYED ->
                      stagger(
                          group,
                          PUBLIC_STEP,
                          PUBLIC_OTHER_DELAY,
                          groups.containsKey(Reach.PUBLIC) ? RELAY_DELAY : Duration.ZERO);
                  case ELSEWHERE -> stagger(group, NEAR_STEP, Duration.ZERO, Duration.ZERO);
                }));
    ranked.sort(Comparator.comparing(Ranked::delay));
    return ranked;
  }

  private static List<Ranked> stagger(
      List<Multiaddr> group, Duration step, Duration otherDelay, Duration start) {
    List<Ranked> ranked = new ArrayList<>(group.size());
    Duration next = start;
    for (Kind kind : Kind.values()) {
      List<Multiaddr> ofKind = group.stream().filter(address -> kind(address) == kind).toList();
      if (ofKind.isEmpty()) {
        continue;
      }
      if (kind == Kind.OTHER) {
        Duration delay = ranked.isEmpty() ? next : next.plus(otherDelay).minus(step);
        ofKind.forEach(address -> ranked.add(new Ranked(address, delay)));
        continue;
      }
      List<Multiaddr> ordered = familiesInTurn(ofKind);
      for (int i = 0; i < ordered.size(); i++) {
        ranked.add(new Ranked(ordered.get(i), next.plus(step.multipliedBy(Math.min(i, 2)))));
      }
      next = next.plus(step.multipliedBy(Math.min(ordered.size(), 3)));
    }
    return ranked;
  }

  /** An IPv6 address first, an IPv4 address second, if there are both. */
  private static List<Multiaddr> familiesInTurn(List<Multiaddr> addresses) {
    List<Multiaddr> ordered = new ArrayList<>(addresses);
    ordered.sort(Comparator.comparing(address -> !isIp6(address)));
    if (isIp6(ordered.getFirst())) {
      for (int i = 2; i < ordered.size(); i++) {
        if (!isIp6(ordered.get(i)) && isIp6(ordered.get(1))) {
          ordered.add(1, ordered.remove(i));
        }
      }
    }
    return ordered;
  }

  private static boolean isIp6(Multiaddr address) {
    return address.ip().filter(ip -> ip instanceof Inet6Address).isPresent();
  }

  private static Kind kind(Multiaddr address) {
    if (address.has(MultiaddrProtocol.QUIC_V1) && !address.has(MultiaddrProtocol.WEBTRANSPORT)) {
      return Kind.QUIC;
    }
    return address.has(MultiaddrProtocol.TCP) ? Kind.TCP : Kind.OTHER;
  }

  private static Reach reach(Multiaddr address) {
    if (address.has(MultiaddrProtocol.P2P_CIRCUIT)) {
      return Reach.RELAYED;
    }
    return address.ip().map(DialRanking::reach).orElse(Reach.ELSEWHERE);
  }

  private static Reach reach(InetAddress ip) {
    if (ip.isLoopbackAddress()) {
      return Reach.LOOPBACK;
    }
    byte[] bytes = ip.getAddress();
    boolean near =
        ip.isSiteLocalAddress()
            || ip.isLinkLocalAddress()
            || (ip instanceof Inet6Address
                ? (bytes[0] & IP6_UNIQUE_LOCAL_MASK) == IP6_UNIQUE_LOCAL
                // Shared by the customers of one carrier, RFC 6598.
                : bytes[0] == IP4_SHARED_FIRST
                    && (bytes[1] & IP4_SHARED_MASK) == IP4_SHARED_SECOND);
    return near ? Reach.PRIVATE : Reach.PUBLIC;
  }
}
