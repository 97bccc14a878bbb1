package io.github.cachemesh.testkit.github;

import static io.github.cachemesh.testkit.github.Reader.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String[] ALICE = {"Authorization", "token alice-secret"};

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-01T00:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

  private GitHubSimulatorBuilder simulator() {
    return GitHubSimulator.builder()
        .sizes(3, 3, 3)
        .clock(clock)
        .token(Token.user("alice-secret", "alice"))
        .token(Token.workflow("run-1-secret", "octo-org/repo-1").named("run-1"))
        .token(Token.workflow("run-2-secret", "octo-org/repo-1").named("run-2"));
  }

  @Test
  void limitsFollowTheKindOfCaller() throws Exception {
    try (GitHubSimulator simulator = simulator().start();
        Reader reader = new Reader(simulator)) {
      assertThat(header(reader.get("/zen"), "X-RateLimit-Limit")).isEqualTo("60");
      assertThat(header(reader.get("/zen", ALICE), "X-RateLimit-Limit")).isEqualTo("5000");
      HttpResponse<String> run = reader.get("/zen", "Authorization", "Bearer run-1-secret");
      assertThat(header(run, "X-RateLimit-Limit")).isEqualTo("1000");
    }
  }

  @Test
  void workflowTokensOfOneRepositoryShareItsLimit() throws Exception {
    try (GitHubSimulator simulator = simulator().start();
        Reader reader = new Reader(simulator)) {
      reader.get("/zen", "Authorization", "Bearer run-1-secret");
      HttpResponse<String> other = reader.get("/zen", "Authorization", "Bearer run-2-secret");
      assertThat(header(other, "X-RateLimit-Remaining")).isEqualTo("998");
    }
  }

  @Test
  void spentLimitRefusesUntilTheHourIsOver() throws Exception {
    try (GitHubSimulator simulator = simulator().primaryLimit(2).start();
        Reader reader = new Reader(simulator)) {
      reader.get("/zen", ALICE);
      reader.get("/zen", ALICE);
      HttpResponse<String> refused = reader.get("/zen", ALICE);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(header(refused, "X-RateLimit-Remaining")).isEqualTo("0");
      assertThat(reader.get("/rate_limit", ALICE).body()).contains("\"remaining\":0");
      now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
      assertThat(reader.get("/zen", ALICE).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tooManyPointsAMinuteAreRefusedWithRetryAfter() throws Exception {
    try (GitHubSimulator simulator = simulator().secondaryLimits(100, 6).limitStatus(429).start();
        Reader reader = new Reader(simulator)) {
      reader.send("POST", "/repos/octo-org/repo-1/issues", "{\"title\":\"t\"}", ALICE);
      assertThat(reader.get("/zen", ALICE).statusCode()).isEqualTo(200);
      HttpResponse<String> refused = reader.get("/zen", ALICE);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "Retry-After")).isEqualTo("60");
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
      assertThat(reader.get("/zen", ALICE).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tooManyRequestsAtOnceAreRefused() {
    SecondaryLimits limits = new SecondaryLimits(clock, 1, 900, 2_000);
    Caller caller = new Caller.Anonymous("127.0.0.1");
    assertThat(limits.enter(caller, false, true)).isEmpty();
    assertThat(limits.enter(caller, false, true)).isPresent();
    limits.leave(caller);
    limits.leave(caller);
    assertThat(limits.enter(caller, false, true)).isEmpty();
  }

  @Test
  void graphQlRefusesWithinAnAnswerOf200() throws Exception {
    try (GitHubSimulator simulator = simulator().start();
        Reader reader = new Reader(simulator)) {
      String query =
          "{\"query\":\"{repository(owner:\\\"octo-org\\\",name:\\\"repo-1\\\"){issues(first:100)"
              + "{nodes{comments(first:100){nodes{body}} labels(first:100){totalCount}}}}"
              + " rateLimit{cost remaining}}\"}";
      HttpResponse<String> answer = reader.send("POST", "/graphql", query, ALICE);
      assertThat(answer.body()).contains("\"cost\":2", "\"remaining\":4998");
      assertThat(header(answer, "X-RateLimit-Resource")).isEqualTo("graphql");
      assertThat(header(answer, "ETag")).isEmpty();
      assertThat(GraphQlService.rateLimited().payload().toString()).contains("RATE_LIMITED");
    }
  }
}
