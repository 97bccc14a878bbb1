package io.github.cachemesh.core.cli;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code HOST:PORT}, {@code [IPV6]:PORT} or {@code none}. */
final class ListenAddress {
  static final String NONE = "none";

  private static final int MAX_PORT = 65_535;
  private static final Pattern HOST_PORT =
      Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]+):(?<port>[0-9]{1,5})");

  private ListenAddress() {}

  /** The address, or empty for {@code none}. */
  static Optional<InetSocketAddress> parse(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    Matcher parts = HOST_PORT.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group("port")) > MAX_PORT) {
      throw CommandFailure.usage(
          "--listen "
              + text
              + " is no address: write HOST:PORT such as 127.0.0.1:0 for any free port, or none");
    }
    String host = parts.group("host").replaceAll("[\\[\\]]", "");
    InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(parts.group("port")));
    if (address.isUnresolved()) {
      throw CommandFailure.usage("--listen " + text + ": no address is known for host " + host);
    }
    return Optional.of(address);
  }
}
