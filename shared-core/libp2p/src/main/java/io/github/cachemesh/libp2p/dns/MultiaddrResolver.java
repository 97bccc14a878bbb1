package io.github.cachemesh.libp2p.dns;

import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.EventLoops;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Resolves addresses that begin with dns, dns4, dns6 or dnsaddr to such with IP addresses, by the
 * machine's list of hosts and by DNS. Thread-safe; blocks, for virtual threads.
 *
 * <p>Bounds of one resolution: {@value #MAX_ROUNDS} rounds of lookups, each following what the one
 * before found (four links of dnsaddr and a name), {@value #MAX_LOOKUPS} lookups, {@value
 * #MAX_ADDRESSES} addresses, and a time. What goes beyond the numbers is left out.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/addressing/README.md">the
 *     specification</a>, "IP and Name Resolution"
 */
public final class MultiaddrResolver implements AutoCloseable {
  public static final int MAX_ROUNDS = 5;
  public static final int MAX_LOOKUPS = 32;
  public static final int MAX_ADDRESSES = 100;
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private final NameLookup lookup;
  private final Duration timeout;

  MultiaddrResolver(NameLookup lookup, Duration timeout) {
    this.lookup = lookup;
    this.timeout = timeout;
  }

  private static MultiaddrResolver of(Reactor reactor, DnsServerAddressStreamProvider servers) {
    return new MultiaddrResolver(new NettyLookup(reactor, servers), DEFAULT_TIMEOUT);
  }

  /**
   * Asks the name servers that the system is set to.
   *
   * @param reactor not closed with this
   */
  public static MultiaddrResolver ofSystem(Reactor reactor) {
    return of(reactor, DnsServerAddressStreamProviders.platformDefault());
  }

  /** Asks these name servers, in that order. */
  public static MultiaddrResolver of(Reactor reactor, List<InetSocketAddress> servers) {
    return of(reactor, new SequentialDnsServerAddressStreamProvider(servers));
  }

  /**
   * @return addresses that begin with no name, without duplicates, IPv6 first where a name has
   *     both; the address itself if it has no name. From a dnsaddr only those that end as the
   *     address does behind its name, so with the same peer if it names one; they may be none
   * @throws DeadlineExceededException when the time is over and nothing was found
   * @throws java.io.InterruptedIOException when the thread is interrupted
   * @throws IOException when nothing was found because lookups failed; names the address
   */
  public List<Multiaddr> resolve(Multiaddr address) throws IOException {
    EventLoops.refuse();
    Resolution resolution = new Resolution(address);
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    while (resolution.isOpen()) {
      List<CompletableFuture<List<Multiaddr>>> lookups =
          resolution.next().stream().flatMap(this::lookUp).toList();
      resolution.found(lookups, deadlineNanos - System.nanoTime());
    }
    return resolution.addresses();
  }

  private Stream<CompletableFuture<List<Multiaddr>>> lookUp(NamedAddress named) {
    return switch (named.kind()) {
      case DNS4 -> Stream.of(ips(named, lookup.ip4(named.name())));
      case DNS6 -> Stream.of(ips(named, lookup.ip6(named.name())));
      case DNSADDR ->
          Stream.of(
              lookup
                  .texts("_dnsaddr." + named.name())
                  .thenApply(
                      texts ->
                          texts.stream().flatMap(text -> named.linkedBy(text).stream()).toList()));
      default ->
          Stream.of(ips(named, lookup.ip6(named.name())), ips(named, lookup.ip4(named.name())));
    };
  }

  private static CompletableFuture<List<Multiaddr>> ips(
      NamedAddress named, CompletableFuture<List<InetAddress>> found) {
    return found.thenApply(ips -> ips.stream().map(named::at).toList());
  }

  @Override
  public void close() {
    lookup.close();
  }
}
