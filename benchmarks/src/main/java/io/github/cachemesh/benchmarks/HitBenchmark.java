package io.github.cachemesh.benchmarks;

import io.github.cachemesh.core.cache.Candidate;
import io.github.cachemesh.core.cache.DiskTier;
import io.github.cachemesh.core.cache.MemoryTier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.http.CacheDecision;
import io.github.cachemesh.core.http.CachePolicy;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.EtagFormula;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.FormulaTrust;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.PrincipalNaming;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.http.Revalidation;
import io.github.cachemesh.core.http.TagKind;
import io.github.cachemesh.core.http.Vary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts of a hit: naming the caller, finding entries, deciding, computing the caller's ETag.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HitBenchmark {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Bytes of a body: a repository, a page of issues, a long list. */
  @Param({"6000", "60000", "600000"})
  public int bodyBytes;

  private final Fields fields =
      Fields.of(
          "Accept", "application/vnd.github+json",
          "Authorization", "Bearer ghs_benchmarkToken0000000000000000000000",
          "User-Agent", "octokit",
          "X-GitHub-Api-Version", "2022-11-28");
  private final Request request =
      new Request(
          "GET", "api.github.com", "/repos/octo-org/repo-1/issues?per_page=100&page=2", fields);
  private final PrincipalNaming principals = new PrincipalNaming(new byte[32]);
  private final FormulaTrust trust = new FormulaTrust();
  private final CachePolicy revalidate = policy(CachePolicy.Freshness.REVALIDATE);
  private final CachePolicy ttl = policy(CachePolicy.Freshness.TTL);

  private Principal caller = Principal.ANONYMOUS;
  private byte[] body = {};
  private List<Entry> entries = List.of();
  private Path folder = Path.of("");
  private Optional<TieredCache> cache = Optional.empty();

  private static CachePolicy policy(CachePolicy.Freshness freshness) {
    return new CachePolicy(freshness, true, Duration.ofHours(1), _ -> Duration.ofMinutes(5));
  }

  @Setup
  public void fill() throws IOException {
    body = new byte[bodyBytes];
    new Random(1).nextBytes(body);
    caller = principals.of(fields);
    String tag = EtagFormula.compute(Vary.BY_ALL, fields, body);
    Fields response = Fields.of("Content-Type", "application/json", "ETag", "W/\"" + tag + "\"");
    Entry entry = Revalidation.stored(request, response, body, TagKind.FORMULA, caller, NOW);
    entries = List.of(entry);
    folder = Files.createTempDirectory("benchmark");
    TieredCache filled =
        new TieredCache(
            new MemoryTier(5_000, 64 << 20, TierEvents.NONE),
            new DiskTier(folder, 5_000, 1 << 30, Clock.systemUTC(), TierEvents.NONE),
            List.of(),
            TierEvents.NONE);
    filled.store(entry, body, filled.epoch());
    cache = Optional.of(filled);
  }

  @TearDown
  public void remove() throws IOException {
    cache.ifPresent(TieredCache::close);
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Benchmark
  public Principal principal() {
    return principals.of(fields);
  }

  @Benchmark
  public String etag() {
    return EtagFormula.compute(Vary.BY_ALL, fields, body);
  }

  @Benchmark
  public CacheDecision decideToRevalidate() {
    return CacheDecision.before(request, caller, entries, revalidate, trust, NOW);
  }

  @Benchmark
  public CacheDecision decideToServeFresh() {
    return CacheDecision.before(request, caller, entries, ttl, trust, NOW);
  }

  @Benchmark
  public List<Candidate> lookupInMemory() {
    return cache.orElseThrow().lookupInMemory(request.key().resource());
  }

  @Benchmark
  public List<Candidate> lookupInMemoryAndOnDisk() {
    return cache.orElseThrow().lookup(request.key().resource());
  }
}
