package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.cache.MemoryTier;
import io.github.cachemesh.core.cache.Tier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.http.CachePolicy;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.FormulaTrust;
import io.github.cachemesh.core.http.PrincipalNaming;
import io.github.cachemesh.core.stats.Statistics;
import io.github.cachemesh.core.stats.StatisticsContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A proxy before an upstream of the test's making, and a client of its TCP listener. */
final class ProxyRig implements AutoCloseable {
  static final Timeouts PATIENT =
      new Timeouts(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMinutes(2));

  final ProxyServer server;
  final InetSocketAddress address;

  ProxyRig(Upstream upstream) throws IOException {
    this(upstream, null, 100, PATIENT);
  }

  ProxyRig(Upstream upstream, @Nullable Tier disk, int maxConnections, Timeouts timeouts)
      throws IOException {
    TieredCache cache =
        new TieredCache(
            new MemoryTier(1000, 1 << 20, TierEvents.NONE), disk, List.of(), TierEvents.NONE);
    Clock clock = new TestClock();
    Statistics statistics =
        new Statistics(
            StatisticsContext.withoutPeers(
                clock.instant(), "", () -> 0, 1, () -> 0, () -> 0, false));
    Function<String, Duration> ttl = _ -> Duration.ofMinutes(1);
    CachePolicy policy =
        new CachePolicy(CachePolicy.Freshness.REVALIDATE, true, Duration.ofHours(1), ttl);
    server =
        new ProxyServer(
            new ProxyServer.Parts(
                new Destinations(URI.create("https://api.github.com"), Map.of(), List.of()),
                new CacheParts(cache, upstream, policy, new FormulaTrust(), clock, 1 << 20),
                new PrincipalNaming(new byte[16])::of,
                (_, _, _) -> new OwnPages.Page(200, Fields.EMPTY, new byte[0]),
                statistics,
                maxConnections,
                timeouts));
    URI url = URI.create(server.listen(new InetSocketAddress("127.0.0.1", 0)).baseUrl());
    address = new InetSocketAddress(url.getHost(), url.getPort());
  }

  RawClient client() throws IOException {
    return RawClient.tcp(address);
  }

  @Override
  public void close() {
    server.close();
  }
}
