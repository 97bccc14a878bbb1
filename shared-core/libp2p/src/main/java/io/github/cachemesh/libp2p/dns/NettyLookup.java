package io.github.cachemesh.libp2p.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks name servers over UDP, and over TCP when an answer is too long. Keeps nothing: which names
 * are asked for is up to other peers, and the machine's own resolver has a cache.
 */
final class NettyLookup implements NameLookup {
  /** Those of one name, with its aliases and search domains. */
  private static final int MAX_QUERIES = 16;

  private static final long QUERY_TIMEOUT_MILLIS = 3_000;

  private final DnsNameResolver ip4;
  private final DnsNameResolver ip6;

  NettyLookup(Reactor reactor, DnsServerAddressStreamProvider servers) {
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(reactor.group().next())
            .datagramChannelType(reactor.datagramChannel())
            .socketChannelType(reactor.socketChannel())
            .nameServerProvider(servers)
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .maxQueriesPerResolve(MAX_QUERIES)
            .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS);
    ip4 = builder.copy().resolvedAddressTypes(ResolvedAddressTypes.IPV4_ONLY).build();
    ip6 = builder.copy().resolvedAddressTypes(ResolvedAddressTypes.IPV6_ONLY).build();
  }

  @Override
  public CompletableFuture<List<InetAddress>> ip4(String name) {
    return ask(() -> ip4.resolveAll(name), found -> only(found, Inet4Address.class));
  }

  @Override
  public CompletableFuture<List<InetAddress>> ip6(String name) {
    return ask(() -> ip6.resolveAll(name), found -> only(found, Inet6Address.class));
  }

  /** A literal is its own answer, of whichever version it is. */
  private static List<InetAddress> only(
      List<InetAddress> addresses, Class<? extends InetAddress> version) {
    return addresses.stream().filter(version::isInstance).toList();
  }

  @Override
  public CompletableFuture<List<String>> texts(String name) {
    return ask(
        () -> ip4.resolveAll(new DefaultDnsQuestion(name, DnsRecordType.TXT)),
        NettyLookup::takeTexts);
  }

  private static List<String> takeTexts(List<DnsRecord> records) {
    try {
      List<String> texts = new ArrayList<>();
      for (DnsRecord record : records) {
        if (record instanceof DnsRawRecord raw && raw.type().equals(DnsRecordType.TXT)) {
          texts.add(text(raw.content()));
        }
      }
      return texts;
    } finally {
      records.forEach(ReferenceCountUtil::release);
    }
  }

  /** A record is of strings of at most 255 bytes, which are read as one (RFC 7208, 3.3). */
  private static String text(ByteBuf content) {
    ByteBuf strings = content.duplicate();
    StringBuilder text = new StringBuilder();
    while (strings.isReadable()) {
      int length = Math.min(strings.readUnsignedByte(), strings.readableBytes());
      text.append(strings.readCharSequence(length, UTF_8));
    }
    return text.toString();
  }

  private static <A, B> CompletableFuture<B> ask(
      Supplier<Future<A>> question, Function<A, B> answer) {
    CompletableFuture<B> result = new CompletableFuture<>();
    Future<A> asked;
    try {
      asked = question.get();
    } catch (IllegalArgumentException e) {
      // Not a name of DNS.
      return CompletableFuture.failedFuture(e);
    }
    asked.addListener(
        (Future<A> future) -> {
          if (future.isSuccess()) {
            result.complete(answer.apply(future.getNow()));
          } else {
            result.completeExceptionally(future.cause());
          }
        });
    return result;
  }

  @Override
  public void close() {
    ip4.close();
    ip6.close();
  }
}
