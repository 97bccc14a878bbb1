package io.github.cachemesh.core.proxy;

import static io.github.cachemesh.core.proxy.Rig.ALICE;
import static io.github.cachemesh.core.proxy.Rig.BOB;
import static io.github.cachemesh.core.proxy.Rig.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.proxy.Rig.Answer;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is never looked up or never kept. */
class BypassTest {

  @ParameterizedTest
  @CsvSource({
    "/user, , callers-own",
    "/user/repos, , callers-own",
    "/rate_limit, , rate-limit",
    "/repos/octo-org/repo-1?access_token=x, , credential-in-url",
    "/repos/octo-org/repo-1, Range: bytes=0-5, range",
    "/repos/octo-org/repo-1, X-GitHub-OTP: 123, otp",
    "/repos/octo-org/repo-1, Cache-Control: no-store, no-store"
  })
  void requestIsPassedThroughAndItsAnswerNotKept(String path, String field, String why)
      throws IOException {
    try (Rig rig = Rig.with("freshness", "ttl")) {
      String[] fields = field == null ? new String[0] : field.split(": ");
      Answer first = rig.get(ALICE, path, fields);
      Answer second = rig.get(ALICE, path, fields);

      assertThat(first.status()).isEqualTo(200);
      assertThat(second.cacheStatus())
          .isEqualTo("cachemesh; fwd=bypass; fwd-status=200; detail=" + why);
      assertThat(rig.requests()).hasSize(2).noneMatch(request -> request.conditional());
    }
  }

  @Test
  void everyoneIsToldWhoItIsItself() throws IOException {
    try (Rig rig = Rig.with("freshness", "ttl")) {
      assertThat(rig.get(ALICE, "/user").text()).contains("\"login\":\"alice\"");
      assertThat(rig.get(BOB, "/user").text()).contains("\"login\":\"bob\"");
    }
  }

  @Test
  void answerThatSetsACookieIsNotKept() throws IOException {
    UnaryOperator<Upstream> cookies =
        github ->
            new ChangedUpstream(
                github,
                response ->
                    new Upstream.Response(
                        response.status(),
                        response.fields().with("Set-Cookie", "session=1"),
                        response.body()));
    try (Rig rig = Rig.with(UnaryOperator.identity(), cookies, "freshness", "ttl")) {
      rig.get(ALICE, PUBLIC);
      Answer second = rig.get(ALICE, PUBLIC);

      assertThat(second.field("Set-Cookie")).hasValue("session=1");
      assertThat(second.cacheStatus()).isEqualTo("cachemesh; fwd=uri-miss; fwd-status=200");
    }
  }

  @Test
  void answerAboveTheBoundIsStreamedAndNotKept() throws IOException {
    try (Rig rig = Rig.with("freshness", "ttl", "max-body-bytes", "100")) {
      Answer first = rig.get(ALICE, PUBLIC);
      Answer second = rig.get(ALICE, PUBLIC);

      assertThat(first.text()).contains("octo-org/repo-1").hasSizeGreaterThan(100);
      assertThat(second.text()).isEqualTo(first.text());
      assertThat(second.cacheStatus())
          .isEqualTo("cachemesh; fwd=uri-miss; fwd-status=200; detail=too-long");
    }
  }

  @Test
  void cookieMakesAnotherPrincipal() throws IOException {
    try (Rig rig = Rig.with("freshness", "ttl")) {
      rig.get(ALICE, PUBLIC, "Cookie", "session=1");
      Answer other = rig.get(ALICE, PUBLIC, "Cookie", "session=2");
      Answer same = rig.get(ALICE, PUBLIC, "Cookie", "session=1");

      assertThat(other.cacheStatus()).contains("fwd=stale");
      assertThat(same.cacheStatus()).contains("hit");
    }
  }

  /** GitHub with another answer. */
  private record ChangedUpstream(Upstream github, UnaryOperator<Response> change)
      implements Upstream {
    @Override
    public Response send(Message message) throws IOException {
      return change.apply(github.send(message));
    }

    @Override
    public void close() {
      github.close();
    }
  }

  @Test
  void fieldsOfTheHopEndAtTheHop() throws IOException {
    RecordingUpstream.Recorder upstream = new RecordingUpstream.Recorder();
    try (Rig rig = Rig.with(UnaryOperator.identity(), upstream::wrap)) {
      rig.get(ALICE, PUBLIC, "TE", "trailers", "Proxy-Authorization", "Basic eA==", "X-Kept", "1");
      Fields sent = upstream.messages.getLast().fields();

      assertThat(sent.has("TE")).isFalse();
      assertThat(sent.has("Proxy-Authorization")).isFalse();
      assertThat(sent.first("X-Kept")).hasValue("1");
    }
  }
}
