package io.github.cachemesh.testkit.github;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Configures a {@link GitHubSimulator}. Without a call it listens on any free TCP port of
 * 127.0.0.1, holds three generated public repositories {@code octo-org/repo-1} to {@code -3}, knows
 * no token, keeps GitHub's published limits and answers at once. Not thread-safe.
 */
public final class GitHubSimulatorBuilder {
  private final List<Token> tokens = new ArrayList<>();
  private final List<App> apps = new ArrayList<>();
  private final List<World.Declared> repositories = new ArrayList<>();
  private int port;
  private int generated = 3;
  private long seed = 42;
  private RepositoryGenerator.Sizes sizes = new RepositoryGenerator.Sizes(230, 150, 120);
  private int limitStatus = 403;
  private OptionalInt primaryLimit = OptionalInt.empty();
  private boolean secondaryLimits = true;
  private int maxConcurrent = 100;
  private int maxPointsPerMinute = 900;
  private boolean tls;
  private Clock clock = Clock.systemUTC();
  private Duration latency = Duration.ZERO;
  private Optional<Path> socket = Optional.empty();
  private Optional<Path> fixtures = Optional.empty();
  private Optional<URI> publicBase = Optional.empty();

  GitHubSimulatorBuilder() {}

  /** The TCP port on 127.0.0.1; 0, the default, for any that is free. */
  public GitHubSimulatorBuilder port(int value) {
    port = value;
    return this;
  }

  /** Listens on a Unix socket too; a file left there by an earlier listener is replaced. */
  public GitHubSimulatorBuilder socket(Path path) {
    socket = Optional.of(path);
    return this;
  }

  /** Speaks TLS on TCP, with a certificate for GitHub's host names from an authority of its own. */
  public GitHubSimulatorBuilder tls() {
    tls = true;
    return this;
  }

  /** Accepts this token. */
  public GitHubSimulatorBuilder token(Token token) {
    tokens.add(token);
    return this;
  }

  /** Knows this App, which mints tokens for its installations. */
  public GitHubSimulatorBuilder app(App app) {
    apps.add(app);
    return this;
  }

  /** Adds a public repository, generated, of this full name. */
  public GitHubSimulatorBuilder repository(String fullName) {
    repositories.add(new World.Declared(fullName, false));
    return this;
  }

  /** Adds a repository that only tokens declared with it may read. */
  public GitHubSimulatorBuilder privateRepository(String fullName) {
    repositories.add(new World.Declared(fullName, true));
    return this;
  }

  /** How many repositories {@code octo-org/repo-N} there are, from 1 on. */
  public GitHubSimulatorBuilder repositories(int count) {
    generated = count;
    return this;
  }

  /** How much each generated repository holds. */
  public GitHubSimulatorBuilder sizes(int issues, int commits, int runs) {
    sizes = new RepositoryGenerator.Sizes(issues, commits, runs);
    return this;
  }

  /** Another seed gives other contents. */
  public GitHubSimulatorBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Serves the recordings in this folder: {@code scenarios/api.github.com} of @octokit/fixtures.
   */
  public GitHubSimulatorBuilder fixtures(Path scenarios) {
    fixtures = Optional.of(scenarios);
    return this;
  }

  /** The clock of limits, dates and signatures. */
  public GitHubSimulatorBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** How long each answer takes. */
  public GitHubSimulatorBuilder latency(Duration value) {
    latency = value;
    return this;
  }

  /**
   * What URLs in bodies, Link and Location begin with instead of {@code https://api.github.com}. By
   * default they follow the request's Host header.
   */
  public GitHubSimulatorBuilder publicBase(URI base) {
    publicBase = Optional.of(base);
    return this;
  }

  /** Points an hour for every caller in the core pool, in place of the published figures. */
  public GitHubSimulatorBuilder primaryLimit(int points) {
    primaryLimit = OptionalInt.of(points);
    return this;
  }

  /** The status of a refusal by a limit: 403, the default, or 429. */
  public GitHubSimulatorBuilder limitStatus(int status) {
    limitStatus = status;
    return this;
  }

  /** Other secondary limits than GitHub's 100 requests at once and 900 points a minute. */
  public GitHubSimulatorBuilder secondaryLimits(int concurrent, int pointsPerMinute) {
    maxConcurrent = concurrent;
    maxPointsPerMinute = pointsPerMinute;
    return this;
  }

  /** No secondary limits, for benchmarks. */
  public GitHubSimulatorBuilder withoutSecondaryLimits() {
    secondaryLimits = false;
    return this;
  }

  /**
   * Starts it.
   *
   * @throws IOException when it cannot listen
   * @throws java.io.UncheckedIOException when the recordings cannot be read
   */
  public GitHubSimulator start() throws IOException {
    Recordings recordings = fixtures.map(Recordings::load).orElseGet(Recordings::none);
    Ledger ledger = new Ledger();
    Faults faults = new Faults();
    Apps known = new Apps(apps, clock);
    ApiService service =
        new ApiService(
            new ApiService.Settings(clock, publicBase, tls, limitStatus),
            new Authenticator(tokens, known),
            known,
            new PrimaryLimits(clock, primaryLimit),
            secondaryLimits
                ? new SecondaryLimits(clock, maxConcurrent, maxPointsPerMinute, 2_000)
                : SecondaryLimits.none(clock),
            new World(declared(), new RepositoryGenerator(seed, sizes)),
            recordings,
            ledger);
    Optional<SimulatorTls> certificates =
        tls ? Optional.of(SimulatorTls.generate()) : Optional.empty();
    GitHubSimulator[] started = new GitHubSimulator[1];
    ControlEndpoints control =
        new ControlEndpoints(
            ledger,
            faults,
            () -> started[0].reset(),
            path -> started[0].touch(path),
            (kind, json) -> started[0].declare(kind, json));
    SimulatorServer server =
        new SimulatorServer(() -> new ConnectionHandler(service, control, faults, latency));
    try {
      Optional<SslContext> context = certificates.map(SimulatorTls::serverContext);
      InetSocketAddress wanted = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
      int bound = server.listenTcp(wanted, context).getPort();
      if (socket.isPresent()) {
        Files.deleteIfExists(socket.get());
        server.listenUnix(UnixDomainSocketAddress.of(socket.get()));
      }
      URI uri = URI.create((tls ? "https" : "http") + "://127.0.0.1:" + bound);
      started[0] =
          new GitHubSimulator(
              server, service, ledger, faults, recordings, uri, socket, certificates);
      return started[0];
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private List<World.Declared> declared() {
    List<World.Declared> all = new ArrayList<>(repositories);
    for (int i = 1; i <= generated; i++) {
      all.add(new World.Declared("octo-org/repo-" + i, false));
    }
    return all;
  }
}
