package io.github.cachemesh.testkit.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.oidc.OidcIssuer;
import io.github.cachemesh.testkit.oidc.TokenForge;
import io.github.cachemesh.testkit.oidc.TokenRequests;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves the issuer with the toolkit that jobs use and a verifier that others wrote. */
class OidcClientsTest {
  private static final JobClaims JOB = JobClaims.push("octo-org/octo-repo").environment("prod");

  private OidcIssuer issuer;

  @BeforeEach
  void start() throws Exception {
    issuer = OidcIssuer.start();
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private String node(Map<String, String> variables, String script) throws Exception {
    Availability<NodePackages> packages =
        NodePackages.install("@actions/core@3.0.1", "jose@6.2.17");
    assumeTrue(packages.isAvailable(), packages.reason());
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("ISSUER", issuer.uri().toString());
    ClientRun run = packages.get().run(script, environment);
    assertThat(run.succeeded()).as(run.stderr()).isTrue();
    return run.output().strip();
  }

  @Test
  void joseAcceptsWhatTheToolkitGets() throws Exception {
    try (TokenRequests requests = issuer.permit(JOB)) {
      String read =
          node(
              requests.variables(),
              """
              import { getIDToken } from "@actions/core";
              import { createRemoteJWKSet, jwtVerify } from "jose";
              const token = await getIDToken("https://credentials.example#key");
              const keys = createRemoteJWKSet(new URL(process.env.ISSUER + "/.well-known/jwks"));
              const { payload, protectedHeader } = await jwtVerify(token, keys, {
                issuer: process.env.ISSUER, audience: "https://credentials.example#key",
                algorithms: ["RS256"], typ: "JWT", maxTokenAge: "10m",
                requiredClaims: ["jti", "nbf", "exp", "repository_id", "workflow_ref"] });
              console.log(protectedHeader.alg, payload.repository, payload.environment);
              """);
      // The toolkit has the runner mask the token before it hands it on.
      assertThat(read.lines()).anyMatch(line -> line.startsWith("::add-mask::ey"));
      assertThat(read.lines().toList().getLast()).isEqualTo("RS256 octo-org/octo-repo prod");
    }
  }

  @Test
  void joseRefusesEachForgery() throws Exception {
    TokenForge forge = issuer.forge(JOB, "me");
    String refusals =
        node(
            Map.of(
                "GOOD", forge.good(),
                "NONE", forge.unsigned(),
                "HS256", forge.signedWithPublicKey(),
                "PS256", forge.withHeader("alg", "PS256"),
                "KID", forge.withHeader("kid", "other"),
                "SIGNER", forge.signedByAnotherKey(),
                "SIGNATURE", forge.withDamagedSignature(),
                "ALTERED", forge.alteredAfterSigning("repository_id", "1"),
                "AUD", forge.with("aud", "you"),
                "ISS", forge.with("iss", "https://issuer.example")),
            """
            import { createRemoteJWKSet, jwtVerify } from "jose";
            const keys = createRemoteJWKSet(new URL(process.env.ISSUER + "/.well-known/jwks"));
            for (const name of ["GOOD", "NONE", "HS256", "PS256", "KID", "SIGNER", "SIGNATURE",
                "ALTERED", "AUD", "ISS"]) {
              const said = await jwtVerify(process.env[name], keys, {
                issuer: process.env.ISSUER, audience: "me", algorithms: ["RS256"] })
                .then(() => "accepted", (error) => error.claim ?? error.code);
              console.log(name, said);
            }
            """);
    assertThat(refusals)
        .isEqualTo(
            """
            GOOD accepted
            NONE ERR_JOSE_ALG_NOT_ALLOWED
            HS256 ERR_JOSE_ALG_NOT_ALLOWED
            PS256 ERR_JOSE_ALG_NOT_ALLOWED
            KID ERR_JWKS_NO_MATCHING_KEY
            SIGNER ERR_JWS_SIGNATURE_VERIFICATION_FAILED
            SIGNATURE ERR_JWS_SIGNATURE_VERIFICATION_FAILED
            ALTERED ERR_JWS_SIGNATURE_VERIFICATION_FAILED
            AUD aud
            ISS iss\
            """);
  }
}
