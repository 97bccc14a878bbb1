package io.github.cachemesh.core.service;

import io.github.cachemesh.core.oidc.TokenClaims;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A policy that uses every member, and the job that all its grants are for. */
final class SamplePolicy {
  static final String YAML =
      """
      version: 1
      grants:
        - id: deploy
          who:
            repository_id: 1296269
            repository_owner_id: 583231
            environment: production
            ref: refs/heads/release/*
            ref_protected: true
            event_name: [push, workflow_dispatch]
            workflow_ref: octocat/hello-world/.github/workflows/deploy.yml@*
            job_workflow_ref: octocat/ci/.github/workflows/deploy.yml@refs/tags/v1
            job_workflow_sha: '1234567e10234567890123456789012345678901'
            runner_environment: self-hosted
          what: [DEPLOY_KEY, AWS_*]
          lasts: 15m
          export: file
        - id: release
          who: {repository_id: [1296269, 2], environment: [staging, production]}
          what: RELEASE_TOKEN
          export: output
          app:
            repositories: octocat/hello-world
            permissions: {contents: write, pull_requests: read}
      """;

  private SamplePolicy() {}

  static Policy policy() throws InvalidPolicyException {
    return PolicyReader.read("policy.yml", YAML);
  }

  /** Claims of a token, as GitHub writes them, that may be changed. */
  static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "https://token.actions.githubusercontent.com");
    claims.put("aud", "https://credentials.example#key");
    claims.put("jti", "f8ad4f4e-4a1f-4f2b-9f7e-0a1b2c3d4e5f");
    claims.put("sub", "repo:octocat/hello-world:environment:production");
    claims.put("iat", 1_700_000_000);
    claims.put("nbf", 1_699_999_400);
    claims.put("exp", 1_700_000_900);
    claims.put("repository", "octocat/hello-world");
    claims.put("repository_id", "1296269");
    claims.put("repository_owner_id", "583231");
    claims.put("environment", "production");
    claims.put("ref", "refs/heads/release/1.2");
    claims.put("ref_protected", "true");
    claims.put("event_name", "push");
    claims.put(
        "workflow_ref", "octocat/hello-world/.github/workflows/deploy.yml@refs/heads/release/1.2");
    claims.put("job_workflow_ref", "octocat/ci/.github/workflows/deploy.yml@refs/tags/v1");
    claims.put("job_workflow_sha", "1234567e10234567890123456789012345678901");
    claims.put("runner_environment", "self-hosted");
    claims.put("run_id", "42");
    return claims;
  }

  static TokenClaims read(Map<String, Object> claims) {
    return TokenClaims.unverified(JsonMapper.shared().writeValueAsString(claims));
  }
}
