package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.service.Exchanged;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.testkit.oidc.JobClaims;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * 1,000 requests from 50 runners at once, each of a repository of its own that has its own value of
 * one name: none gets another's. How long the requests take is printed beside what one takes alone:
 * when the runners are 20 ms away, as others' networks are, and when they are on the same cores as
 * the service, where they ask as fast as they can or come at random moments at half the pace. Each
 * request has a connection of its own, as jobs have. The service has answered thousands before, as
 * one has that has run for a while.
 */
final class Runners implements Part {
  private static final int RUNNERS = 50;
  private static final int REQUESTS_EACH = 20;
  private static final int ALONE = 100;
  private static final int ROUNDS_BEFORE = 8;
  private static final int ROUNDS_BEFORE_NEAR = 2;
  private static final String NAME = "OF_THE_REPOSITORY";
  private static final int GOAL = 5;
  private static final double MAX_PAUSE_MILLIS = 800;
  private static final Duration ONE_WAY = Duration.ofMillis(10);

  private record Runner(JobClaims job, String value) {
    static Runner of(int number) {
      return new Runner(
          JobClaims.push("octo-org/runner-" + number).environment("production"),
          "the value of runner %d alone".formatted(number));
    }
  }

  /** How long requests took, and how many were answered otherwise than right. */
  private record Times(long[] sortedNanos, int wrong) {
    double millis(double share) {
      int index = (int) Math.ceil(share * sortedNanos.length) - 1;
      return sortedNanos[Math.max(0, index)] / 1e6;
    }
  }

  @Override
  public void show(Stage stage) throws Exception {
    stage
        .report()
        .heading("%,d requests of %d runners at once".formatted(RUNNERS * REQUESTS_EACH, RUNNERS));
    List<Runner> runners = new ArrayList<>();
    for (int i = 0; i < RUNNERS; i++) {
      runners.add(Runner.of(i));
    }
    try (ServiceScene scene = new ServiceScene(stage)) {
      for (Runner runner : runners) {
        scene.store().set(id(runner), runner.value(), Anchor.none());
      }
      scene.policy(
          ServiceScene.grant(
              "all",
              runners.getFirst().job(),
              List.of("repository_owner_id", "environment"),
              NAME));
      try (Distance distance = new Distance(ONE_WAY);
          RunningService service = scene.start(distance.uri().toString())) {
        distance.leadsTo(service.uri());
        Load load = new Load(scene, service, distance.uri(), stage.random());
        Times alone = warmedUp(stage, load, runners, ROUNDS_BEFORE);
        tell(stage, "%d ms away, alone".formatted(2 * ONE_WAY.toMillis()), alone, alone);
        tell(stage, "as fast as they can", right(stage, load.atOnce(runners, 0)), alone);
      }
      try (RunningService service = scene.start()) {
        Load load = new Load(scene, service, service.uri(), stage.random());
        Times alone = warmedUp(stage, load, runners, ROUNDS_BEFORE_NEAR);
        tell(stage, "on the same cores, alone", alone, alone);
        tell(stage, "as fast as they can", right(stage, load.atOnce(runners, 0)), alone);
        double pause = Math.min(alone.millis(0.5) * RUNNERS, MAX_PAUSE_MILLIS);
        tell(stage, "at random moments", right(stage, load.atOnce(runners, pause)), alone);
      }
    }
  }

  /** How long one request takes alone, of a service that has answered many. */
  private static Times warmedUp(Stage stage, Load load, List<Runner> runners, int rounds)
      throws Exception {
    for (int i = 0; i < rounds; i++) {
      right(stage, load.atOnce(runners, 0));
    }
    return right(stage, load.oneByOne(runners.getFirst(), ALONE));
  }

  private static Times right(Stage stage, Times times) {
    stage
        .report()
        .same("wrong answers of %,d".formatted(times.sortedNanos().length), 0, times.wrong());
    return times;
  }

  private static void tell(Stage stage, String what, Times times, Times alone) {
    stage
        .report()
        .note(
            "%-24s median %6.1f ms, p99 %6.1f ms: %.1f times one's median; %d is the goal"
                .formatted(
                    what,
                    times.millis(0.5),
                    times.millis(0.99),
                    times.millis(0.99) / alone.millis(0.5),
                    GOAL));
  }

  private static CredentialId id(Runner runner) throws Exception {
    return new CredentialId(NAME, Scope.parse("repo:" + runner.job().text("repository_id")));
  }

  /** Requests to one service. */
  private record Load(ServiceScene scene, RunningService service, URI address, Random random) {
    Times oneByOne(Runner runner, int times) throws Exception {
      Asked asked = new Asked();
      try (Asker asker = new Asker(this, runner)) {
        for (int i = 0; i < times; i++) {
          asker.ask(asked);
        }
      }
      return asked.times();
    }

    /**
     * All runners at once.
     *
     * @param meanPauseMillis between two requests of a runner; 0 for none
     */
    Times atOnce(List<Runner> runners, double meanPauseMillis) throws Exception {
      Asked asked = new Asked();
      List<Future<?>> all = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(runners.size())) {
        for (Runner runner : runners) {
          Random pauses = new Random(random.nextLong());
          all.add(
              threads.submit(
                  () -> {
                    try (Asker asker = new Asker(this, runner)) {
                      for (int i = 0; i < REQUESTS_EACH; i++) {
                        pause(pauses, meanPauseMillis);
                        asker.ask(asked);
                      }
                    }
                    return runner;
                  }));
        }
      }
      for (Future<?> one : all) {
        var _ = one.get();
      }
      return asked.times();
    }

    private static void pause(Random random, double meanMillis) {
      long until =
          System.nanoTime() + (long) (-Math.log1p(-random.nextDouble()) * meanMillis * 1e6);
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  /** What was asked so far. */
  private static final class Asked {
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private int wrong;

    void note(long taken, boolean right) {
      nanos.add(taken);
      if (!right) {
        synchronized (this) {
          wrong++;
        }
      }
    }

    synchronized Times times() {
      return new Times(nanos.stream().mapToLong(Long::longValue).sorted().toArray(), wrong);
    }
  }

  /** One runner, which opens a connection for each request. For one thread. */
  private static final class Asker implements AutoCloseable {
    private final Load load;
    private final Runner runner;
    private final OkHttpClient http;
    private final ServiceClient client;
    private long minting;

    Asker(Load load, Runner runner) throws Exception {
      this.load = load;
      this.runner = runner;
      this.http =
          load.service()
              .http()
              .newBuilder()
              .fastFallback(false)
              .addNetworkInterceptor(Asker::closing)
              .build();
      this.client = load.service().client(load.address(), http);
    }

    private static Response closing(Interceptor.Chain chain) throws IOException {
      return chain.proceed(chain.request().newBuilder().header("Connection", "close").build());
    }

    /** Asks; the time in which GitHub makes the token is not the service's. */
    void ask(Asked asked) {
      minting = 0;
      long start = System.nanoTime();
      boolean right = false;
      try (Exchanged answer = client.exchange(List.of(NAME), this::token)) {
        right =
            answer.granted().size() == 1
                && new String(answer.granted().getFirst().value(), UTF_8).equals(runner.value());
      } catch (Exception e) {
        System.err.println(runner.job().text("repository") + ": " + e);
      }
      asked.note(System.nanoTime() - start - minting, right);
    }

    private String token(String audience) {
      long start = System.nanoTime();
      String token = load.scene().issuer().token(runner.job(), audience);
      minting += System.nanoTime() - start;
      return token;
    }

    @Override
    public void close() {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }
}
