package io.github.cachemesh.core.node;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks of a node; every request that can be made is well-formed, and those that ask for
 * the same are equal. Immutable.
 *
 * @param runner names the runner whose job it is: 1 to 200 letters, digits, dots, dashes and
 *     underscores
 * @param socket where the node is to make a Unix socket for this lease: an absolute path as the
 *     node sees it, in a folder that exists
 * @param gateway the IP address, of the machine or network namespace that the node runs in, on
 *     which it is to open a TCP listener for this lease
 * @param gh the job's gh configuration folder as the node sees it; only remembered with the lease
 */
public record LeaseRequest(
    String runner, @Nullable Path socket, @Nullable String gateway, @Nullable Path gh) {
  private static final Pattern RUNNER = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  /**
   * @throws IllegalArgumentException when a part is malformed; the message names it
   */
  public LeaseRequest {
    if (!RUNNER.matcher(runner).matches()) {
      throw new IllegalArgumentException(
          "a runner's name has 1 to 200 letters, digits, dots, dashes and underscores");
    }
    requireAbsolute("socket", socket);
    requireAbsolute("gh", gh);
    gateway = gateway == null ? null : canonical(gateway);
  }

  /** A request for the lease alone. */
  public static LeaseRequest of(String runner) {
    return new LeaseRequest(runner, null, null, null);
  }

  public LeaseRequest withSocket(Path path) {
    return new LeaseRequest(runner, path, gateway, gh);
  }

  public LeaseRequest withGateway(String address) {
    return new LeaseRequest(runner, socket, address, gh);
  }

  public LeaseRequest withGh(Path folder) {
    return new LeaseRequest(runner, socket, gateway, folder);
  }

  private static void requireAbsolute(String name, @Nullable Path path) {
    if (path != null && !path.isAbsolute()) {
      throw new IllegalArgumentException(name + " " + path + " is not an absolute path");
    }
  }

  /** No name is looked up. */
  private static String canonical(String gateway) {
    try {
      InetAddress address = InetAddress.ofLiteral(gateway);
      boolean scoped = address instanceof Inet6Address && gateway.contains("%");
      if (!scoped && !address.isAnyLocalAddress() && !address.isMulticastAddress()) {
        return address.getHostAddress();
      }
    } catch (IllegalArgumentException e) {
      // As below.
    }
    throw new IllegalArgumentException(
        "gateway " + gateway + " is not one machine's IP address, such as 172.17.0.1");
  }
}
