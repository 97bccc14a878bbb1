package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.core.service.DeniedCredential;
import io.github.cachemesh.core.service.Exchanged;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceException;
import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.oidc.TokenForge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import tools.jackson.databind.JsonNode;

/**
 * Tokens that differ from an accepted one in exactly one thing, brought to a running service: each
 * is denied, and the denial is in the audit log.
 */
final class Denials implements Part {
  private static final int DAY_SECONDS = Math.toIntExact(Duration.ofDays(1).toSeconds());

  /** What is other in each token that no service of this issuer and audience accepts. */
  private static Map<String, Function<TokenForge, String>> forgeries() {
    Map<String, Function<TokenForge, String>> all = new LinkedHashMap<>();
    all.put("issuer", forge -> forge.with("iss", "https://token.actions.example"));
    all.put("audience: another service", forge -> forge.with("aud", other(forge)));
    all.put("audience: another key", forge -> forge.with("aud", forge.claim("aud") + "A"));
    all.put("audience: no key", forge -> forge.with("aud", withoutKey(forge)));
    all.put("alg none", TokenForge::unsigned);
    all.put("alg HS256 by the public key", TokenForge::signedWithPublicKey);
    all.put("alg RS512", forge -> forge.withHeader("alg", "RS512"));
    all.put("alg PS256", forge -> forge.withHeader("alg", "PS256"));
    all.put("kid of no key", forge -> forge.withHeader("kid", "another"));
    all.put("no kid", forge -> forge.withoutHeader("kid"));
    all.put("signed by another key", TokenForge::signedByAnotherKey);
    all.put("signature", TokenForge::withDamagedSignature);
    all.put("a claim after signing", forge -> forge.alteredAfterSigning("actor", "mallory"));
    all.put("exp is past", forge -> forge.with("exp", time(forge, -120)));
    all.put("nbf is to come", forge -> forge.with("nbf", time(forge, 120)));
    all.put("iat is to come", forge -> forge.with("iat", time(forge, 120)));
    all.put("iat is long past", forge -> forge.with("iat", time(forge, -DAY_SECONDS)));
    all.put("no exp", forge -> forge.without("exp"));
    all.put("no jti", forge -> forge.without("jti"));
    return all;
  }

  private static Object time(TokenForge forge, int seconds) {
    return ((Number) forge.claim("iat")).longValue() + seconds;
  }

  private static String other(TokenForge forge) {
    return forge.claim("aud").toString().replaceFirst("localhost", "elsewhere");
  }

  private static String withoutKey(TokenForge forge) {
    return forge.claim("aud").toString().replaceFirst("#.*", "");
  }

  /** Claims of jobs that the policy's grant is not for. */
  private static Map<String, String> otherClaims() {
    Map<String, String> others = new LinkedHashMap<>();
    others.put("repository_id", "4711");
    others.put("repository_owner_id", "4711");
    others.put("environment", "staging");
    others.put("ref", "refs/heads/feature");
    others.put("ref_protected", "false");
    others.put("event_name", "pull_request_target");
    others.put("workflow_ref", "octo-org/repo-1/.github/workflows/other.yml@refs/heads/main");
    others.put("job_workflow_ref", "octo-org/repo-1/.github/workflows/other.yml@refs/heads/main");
    others.put("runner_environment", "self-hosted");
    return others;
  }

  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("Tokens that differ from an accepted one in one thing");
    try (ServiceScene scene = new ServiceScene(stage);
        RunningService service = scene.start()) {
      OkHttpClient http = service.http();
      Asker asker = new Asker(scene, service.client(http), stage);
      asker.accepted("the one that they differ from", scene.job());
      for (Map.Entry<String, Function<TokenForge, String>> forgery : forgeries().entrySet()) {
        asker.refused(forgery.getKey(), forgery.getValue());
      }
      for (Map.Entry<String, String> claim : otherClaims().entrySet()) {
        asker.notGranted(claim.getKey(), scene.job().with(claim.getKey(), claim.getValue()));
      }
      asker.accepted("and still the accepted one", scene.job());
    }
  }

  /** Asks with tokens, and looks for what the audit log says of it. */
  private record Asker(ServiceScene scene, ServiceClient client, Stage stage) {
    void accepted(String what, JobClaims job) throws Exception {
      int before = scene.audit().read().size();
      try (Exchanged answer =
          client.exchange(
              List.of(ServiceScene.NAME), audience -> scene.issuer().token(job, audience))) {
        String value =
            answer.granted().isEmpty()
                ? "denied"
                : new String(answer.granted().getFirst().value(), StandardCharsets.UTF_8);
        stage
            .report()
            .fact(
                what + ": granted",
                value.equals(ServiceScene.VALUE) && audited(before, "done"),
                audit(before));
      }
    }

    void refused(String what, Function<TokenForge, String> forgery) throws Exception {
      int before = scene.audit().read().size();
      String outcome;
      try (Exchanged answer =
          client.exchange(
              List.of(ServiceScene.NAME),
              audience -> forgery.apply(scene.issuer().forge(scene.job(), audience)))) {
        outcome = "an answer with %d granted".formatted(answer.granted().size());
      } catch (ServiceException e) {
        outcome = e.fault().name();
      }
      stage
          .report()
          .fact(
              what,
              outcome.equals("REFUSED") && audited(before, "denied"),
              outcome + " " + audit(before));
    }

    void notGranted(String claim, JobClaims job) throws Exception {
      int before = scene.audit().read().size();
      try (Exchanged answer =
          client.exchange(
              List.of(ServiceScene.NAME), audience -> scene.issuer().token(job, audience))) {
        boolean denied =
            answer.granted().isEmpty()
                && answer.denied().getFirst().reason() == DeniedCredential.Reason.NOT_GRANTED;
        stage.report().fact("another " + claim, denied && audited(before, "denied"), audit(before));
      }
    }

    /** Whether one line was added, with that outcome. */
    private boolean audited(int before, String outcome) throws IOException {
      List<JsonNode> lines = scene.audit().since(before);
      return lines.size() == 1 && lines.getFirst().path("outcome").asString().equals(outcome);
    }

    private String audit(int before) throws IOException {
      List<JsonNode> lines = scene.audit().since(before);
      return lines.isEmpty() ? "not in the audit log" : lines.getLast().path("why").asString();
    }
  }
}
