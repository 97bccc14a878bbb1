package io.github.cachemesh.core.node;

import io.github.cachemesh.core.cache.DiskTier;
import io.github.cachemesh.core.cache.MemoryTier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.config.ProxySettings;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.http.CachePolicy;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.FormulaTrust;
import io.github.cachemesh.core.http.PrincipalNaming;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.proxy.CacheParts;
import io.github.cachemesh.core.proxy.Destinations;
import io.github.cachemesh.core.proxy.OwnPages;
import io.github.cachemesh.core.proxy.ProxyServer;
import io.github.cachemesh.core.proxy.Timeouts;
import io.github.cachemesh.core.proxy.Upstream;
import io.github.cachemesh.core.proxy.UpstreamCheck;
import io.github.cachemesh.core.stats.Statistics;
import io.github.cachemesh.core.stats.StatisticsContext;
import io.github.cachemesh.core.store.StoreKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A running cache node: listeners, cache and what others need to find it. Thread-safe.
 *
 * <p>Closed in order: nobody finds it any more, no new clients, replies under way end, what was
 * stored comes to disk, connections to GitHub close.
 */
public final class CacheNode implements AutoCloseable {
  private final CompletableFuture<NodeState> state = new CompletableFuture<>();
  private final NodeFolder folder;
  private final LeaseFile leaseFile;
  private final NodePages pages;
  private final ProxyServer proxy;
  private final TieredCache cache;
  private final Upstream upstream;
  private final Statistics statistics;
  private final Leases leases;
  private final boolean followsCrash;
  private final CountDownLatch stopRequested;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * How a node is to be run.
   *
   * @param tcp where to listen; port 0 for any free one; null for no TCP
   * @param socket the Unix socket's path; null for none
   * @param id names the node among those of its cache folder
   * @param log where the caller sends the node's log; null for standard error
   */
  public record Options(
      Settings settings,
      @Nullable InetSocketAddress tcp,
      @Nullable Path socket,
      String id,
      String version,
      @Nullable Path log) {}

  public static String randomId(SecureRandom random) {
    byte[] id = new byte[4];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /**
   * Starts a node.
   *
   * @param upstream how GitHub is reached; the node closes it
   * @throws IOException when the cache folder or a listener cannot be had; the message names it
   */
  public static CacheNode start(
      Options options, Upstream upstream, Clock clock, SecureRandom random) throws IOException {
    return new CacheNode(options, upstream, clock, random);
  }

  private CacheNode(Options options, Upstream upstream, Clock clock, SecureRandom random)
      throws IOException {
    Settings settings = options.settings();
    ProxySettings proxySettings = settings.proxy();
    Path directory = settings.cache().directory();
    this.upstream = upstream;
    this.folder = new NodeFolder(directory);
    folder.create();
    CountedEvents events = new CountedEvents();
    MemoryTier memory =
        new MemoryTier(settings.cache().maxSize(), proxySettings.memoryBytes(), events);
    Optional<DiskTier> disk =
        settings.cache().persistence()
            ? Optional.of(
                new DiskTier(
                    directory,
                    settings.cache().maxSize(),
                    proxySettings.diskBytes(),
                    clock,
                    events))
            : Optional.empty();
    this.statistics =
        new Statistics(
            StatisticsContext.withoutPeers(
                clock.instant(),
                directory.toString(),
                () -> disk.map(DiskTier::entries).orElseGet(memory::entries),
                settings.cache().maxSize(),
                memory::bytes,
                () -> disk.map(DiskTier::bytes).orElse(0L),
                settings.p2p().enabled()));
    events.countIn(statistics);
    this.cache = new TieredCache(memory, disk.orElse(null), List.of(), events);
    this.leaseFile = new LeaseFile(folder.home(options.id()), clock);
    this.leases =
        new Leases(
            proxySettings.linger(),
            clock,
            statistics::report,
            new LeaseListeners(this::proxy, random),
            leaseFile::remember);
    this.stopRequested = new CountDownLatch(1);
    AdminToken token = AdminToken.random(random);
    this.pages =
        new NodePages(
            token,
            leases,
            new LeasePages(leases, new JobStatistics(directory, clock), state::join),
            cache,
            statistics,
            () -> health(options.id(), options.version()),
            new UpstreamCheck(upstream, proxySettings.upstream()),
            stopRequested::countDown);
    this.proxy =
        new ProxyServer(
            new ProxyServer.Parts(
                new Destinations(
                    proxySettings.upstream(),
                    proxySettings.origins(),
                    proxySettings.allowedHosts()),
                new CacheParts(
                    cache,
                    upstream,
                    policy(settings),
                    new FormulaTrust(),
                    clock,
                    proxySettings.maxBodyBytes()),
                new PrincipalNaming(StoreKey.in(directory, random))::of,
                pages,
                statistics,
                proxySettings.maxConnections(),
                Timeouts.DEFAULT));
    try {
      Optional<List<HeldLease>> left = leaseFile.left();
      this.followsCrash = left.isPresent();
      left.ifPresent(leases::takeUp);
      NodeState started = listen(options, directory, token, clock);
      folder.publish(started);
      state.complete(started);
    } catch (IOException | RuntimeException e) {
      state.completeExceptionally(e);
      close();
      throw e;
    }
  }

  private ProxyServer proxy() {
    return proxy;
  }

  private NodeState listen(Options options, Path directory, AdminToken token, Clock clock)
      throws IOException {
    String url = options.tcp() == null ? null : proxy.listen(options.tcp()).baseUrl();
    if (options.socket() != null) {
      proxy.listen(options.socket());
    }
    return new NodeState(
        options.id(),
        options.version(),
        ProcessHandle.current().pid(),
        NodeState.ownPidNamespace(),
        clock.instant(),
        url,
        options.socket() == null ? null : options.socket().toAbsolutePath().toString(),
        directory.toAbsolutePath().toString(),
        options.log() == null ? null : options.log().toAbsolutePath().toString(),
        token.secret());
  }

  private static CachePolicy policy(Settings settings) {
    ProxySettings proxy = settings.proxy();
    return new CachePolicy(
        switch (proxy.freshness()) {
          case REVALIDATE -> CachePolicy.Freshness.REVALIDATE;
          case TTL -> CachePolicy.Freshness.TTL;
        },
        proxy.etagFormula(),
        proxy.staleIfError(),
        settings.operationTtls()::ttl);
  }

  private static Map<String, Object> health(String id, String version) {
    return Map.of("status", "ok", "node", id, "version", version);
  }

  /** Where and how the node can be found. */
  public NodeState state() {
    return state.join();
  }

  /** Whether it has taken up what one of its id left that crashed. */
  public boolean followsCrash() {
    return followsCrash;
  }

  public Statistics statistics() {
    return statistics;
  }

  /**
   * Takes a lease as a job does.
   *
   * @return false when it is refused, or the node is ending
   */
  public boolean acquireLease(LeaseRequest request) {
    return leases.acquire(request) instanceof Leases.Acquisition.Granted;
  }

  /**
   * Answers its owner about the node itself.
   *
   * @param page what {@code /_cachemesh/} precedes in a URL, with its query
   */
  public OwnPages.Page administer(String method, String page) {
    int mark = page.indexOf('?');
    return pages.answer(
        new Request(method, "localhost", "/_cachemesh/" + page, Fields.EMPTY),
        mark < 0 ? page : page.substring(0, mark),
        true);
  }

  /** Lets {@link #awaitStop} return. Returns at once. */
  public void requestStop() {
    stopRequested.countDown();
  }

  /**
   * Waits for a request to stop; from then on no lease can be taken.
   *
   * @param untilUnused whether also to return when nobody has held a lease for as long as the node
   *     lingers
   */
  public void awaitStop(boolean untilUnused) throws InterruptedException {
    while (!stopRequested.await(1, TimeUnit.SECONDS)) {
      leases.dropExpired();
      if (untilUnused && leases.endIfUnused()) {
        return;
      }
    }
    leases.end();
  }

  /** Closed once, however often it is called. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (!state.isCompletedExceptionally()) {
      try {
        folder.withdraw(state.join().id());
        leaseFile.delete();
      } catch (IOException e) {
        // The next one that looks finds the node dead and removes its file.
      }
    }
    // Whatever becomes of the listeners, what was stored comes to disk.
    try (upstream;
        cache) {
      proxy.close();
    }
  }

  /** Events of the tiers on their way to the statistics, which exist only after the tiers. */
  private static final class CountedEvents implements TierEvents {
    private volatile @Nullable Statistics statistics;

    void countIn(Statistics counting) {
      this.statistics = counting;
    }

    @Override
    public void count(String tier, Event event) {
      Statistics counting = statistics;
      if (counting == null || tier.equals("memory")) {
        return;
      }
      switch (event) {
        case EVICTED -> counting.evicted(1);
        case EXPIRED -> counting.expired(1);
        case DAMAGED -> counting.damaged(1);
        case STORED, FAILED, DROPPED -> {}
      }
    }
  }
}
