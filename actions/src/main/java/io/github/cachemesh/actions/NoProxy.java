package io.github.cachemesh.actions;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without a proxy. A rule between commas or spaces is {@code *} (all),
 * an IP address, a network such as {@code 10.0.0.0/8}, or a domain, which covers its subdomains; a
 * leading {@code .} or {@code *.} changes nothing but leaves the domain itself out, as in Go. An
 * address or domain may end in {@code :port}. No name is ever resolved.
 */
final class NoProxy {
  private final List<Rule> rules;

  private NoProxy(List<Rule> rules) {
    this.rules = rules;
  }

  static NoProxy parse(String value) {
    return new NoProxy(
        Arrays.stream(value.split("[,\\s]+"))
            .filter(rule -> !rule.isEmpty())
            .map(rule -> rule(rule.toLowerCase(Locale.ROOT)))
            .filter(Objects::nonNull)
            .toList());
  }

  /** Whether that host, an IPv6 one possibly in brackets, goes without a proxy. */
  boolean covers(String host, int port) {
    String name = unbracketed(host.toLowerCase(Locale.ROOT));
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    Optional<InetAddress> address = address(name);
    if (name.equals("localhost") || address.filter(InetAddress::isLoopbackAddress).isPresent()) {
      return true;
    }
    for (Rule rule : rules) {
      if (rule.covers(name, address, port)) {
        return true;
      }
    }
    return false;
  }

  private interface Rule {
    boolean covers(String name, Optional<InetAddress> address, int port);
  }

  /** The rule, or null when the text is none: a typing error must not switch the proxy off. */
  private static @Nullable Rule rule(String text) {
    if (text.equals("*")) {
      return (_, _, _) -> true;
    }
    int slash = text.indexOf('/');
    if (slash >= 0) {
      return network(text.substring(0, slash), text.substring(slash + 1));
    }
    // Two colons without brackets are an IPv6 address, which then has no port.
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon >= 0 && (text.indexOf(':') == colon || text.startsWith("["));
    boolean portGiven = hasPort && colon > text.lastIndexOf(']');
    String host = unbracketed(portGiven ? text.substring(0, colon) : text);
    int port = portGiven ? number(text.substring(colon + 1), 65_535) : 0;
    if (port < 0 || host.isEmpty()) {
      return null;
    }
    Rule rule = address(host).map(NoProxy::exactly).orElseGet(() -> domain(host));
    return port == 0
        ? rule
        : (name, address, actual) -> actual == port && rule.covers(name, address, actual);
  }

  private static Rule exactly(InetAddress expected) {
    return (_, address, _) -> address.filter(expected::equals).isPresent();
  }

  private static Rule domain(String text) {
    String domain = text.startsWith("*.") ? text.substring(1) : text;
    String suffix = domain.startsWith(".") ? domain : "." + domain;
    return (name, _, _) -> name.endsWith(suffix) || name.equals(domain);
  }

  private static @Nullable Rule network(String base, String prefix) {
    byte[] network = address(unbracketed(base)).map(InetAddress::getAddress).orElse(null);
    int bits = network == null ? -1 : number(prefix, network.length * 8);
    if (network == null || bits < 0) {
      return null;
    }
    return (_, address, _) ->
        address.map(a -> samePrefix(network, a.getAddress(), bits)).orElse(false);
  }

  private static boolean samePrefix(byte[] network, byte[] address, int bits) {
    if (network.length != address.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if (((network[i / 8] ^ address[i / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int max) {
    if (!text.matches("[0-9]{1,5}")) {
      return -1;
    }
    int number = Integer.parseInt(text);
    return number <= max ? number : -1;
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
