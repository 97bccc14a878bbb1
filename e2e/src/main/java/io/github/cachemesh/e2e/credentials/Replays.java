package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.service.Exchanged;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceException;
import io.github.cachemesh.testkit.oidc.JobClaims;
import java.util.List;

/**
 * A token that is used twice: at once, after the service was killed and started again, at another
 * replica, and byte for byte by somebody who stands between.
 */
final class Replays implements Part {
  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("Tokens that were used before");
    try (ServiceScene scene = new ServiceScene(stage)) {
      JobClaims job = scene.job();
      try (RunningService first = scene.start()) {
        Asker asker = new Asker(scene, first.client(first.http()), stage);
        asker.granted("a token", job, "the-first");
        asker.refused("again", job, "the-first");
        try (RunningService second = scene.start()) {
          Asker other = new Asker(scene, second.client(second.http()), stage);
          other.refused("at another replica", job, "the-first");
          other.granted("another token there", job, "the-second");
        }
        asker.refused("and that at the first replica", job, "the-second");
        first.kill();
      }
      try (RunningService restarted = scene.start()) {
        Asker asker = new Asker(scene, restarted.client(restarted.http()), stage);
        asker.refused("after kill -9 and a restart", job, "the-first");
        asker.refused("and the other", job, "the-second");
        asker.granted("a fresh one", job, "the-third");
      }
    }
  }

  /** Asks with tokens of chosen ids. */
  private record Asker(ServiceScene scene, ServiceClient client, Stage stage) {
    void granted(String what, JobClaims job, String jti) throws Exception {
      stage.report().same(what + ": granted", ServiceScene.VALUE, ask(job, jti));
    }

    void refused(String what, JobClaims job, String jti) throws Exception {
      int before = scene.audit().read().size();
      String answer = ask(job, jti);
      String why =
          scene.audit().since(before).stream()
              .filter(line -> line.path("outcome").asString().equals("denied"))
              .map(line -> line.path("why").asString())
              .findFirst()
              .orElse("not in the audit log");
      stage.report().fact(what, answer.equals("REFUSED") && why.contains("used before"), why);
    }

    private String ask(JobClaims job, String jti) throws Exception {
      try (Exchanged answer =
          client.exchange(
              List.of(ServiceScene.NAME),
              audience -> scene.issuer().forge(job, audience).with("jti", jti))) {
        return new String(answer.granted().getFirst().value(), UTF_8);
      } catch (ServiceException e) {
        return e.fault().name();
      }
    }
  }
}
