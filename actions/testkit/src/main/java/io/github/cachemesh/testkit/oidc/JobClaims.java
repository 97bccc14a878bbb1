package io.github.cachemesh.testkit.oidc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What GitHub says of a job in its tokens: every claim of its reference, but for those that each
 * token gets anew ({@code iss}, {@code aud}, {@code jti} and the times). Immutable.
 *
 * @param claims by name, in GitHub's alphabetical order
 */
public record JobClaims(Map<String, Object> claims) {
  private static final String ZEROS = "0000000000000000000000000000000000000001";

  /** Copies the claims. */
  public JobClaims {
    claims = Collections.unmodifiableMap(new TreeMap<>(claims));
  }

  /** A push to main of a private repository, by the workflow {@code ci.yml}, on GitHub's runner. */
  public static JobClaims push(String repository) {
    return of(Map.of("repository", repository));
  }

  /**
   * The job that a {@code github} context describes; what it leaves out is as of a push to main.
   *
   * @param github values by key, such as {@code repository} and {@code event_name}
   */
  public static JobClaims of(Map<String, String> github) {
    String repository = github.getOrDefault("repository", "octo-org/octo-repo");
    String owner = repository.substring(0, repository.indexOf('/'));
    String ref = github.getOrDefault("ref", "refs/heads/main");
    String sha = github.getOrDefault("sha", ZEROS);
    String workflowRef =
        github.getOrDefault("workflow_ref", repository + "/.github/workflows/ci.yml@" + ref);
    String workflowSha = github.getOrDefault("workflow_sha", sha);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("actor", "octocat");
    claims.put("actor_id", "12");
    claims.put("base_ref", "");
    claims.put("check_run_id", "7001");
    claims.put("event_name", "push");
    claims.put("head_ref", "");
    claims.put("ref", ref);
    claims.put("ref_protected", "false");
    claims.put("ref_type", ref.startsWith("refs/tags/") ? "tag" : "branch");
    claims.put("repository", repository);
    claims.put("repository_id", id(repository));
    claims.put("repository_owner", owner);
    claims.put("repository_owner_id", id(owner));
    claims.put("repository_visibility", "private");
    claims.put("run_attempt", "1");
    claims.put("run_id", "1");
    claims.put("run_number", "1");
    claims.put("runner_environment", "github-hosted");
    claims.put("sha", sha);
    claims.put("workflow", "CI");
    claims.put("workflow_ref", workflowRef);
    claims.put("workflow_sha", workflowSha);
    claims.replaceAll((name, usual) -> github.getOrDefault(name, usual.toString()));
    claims.put("job_workflow_ref", workflowRef);
    claims.put("job_workflow_sha", workflowSha);
    return new JobClaims(claims).withSubject();
  }

  /** The same job but for one claim; {@code sub} stays as it is. */
  public JobClaims with(String name, Object value) {
    Map<String, Object> changed = new TreeMap<>(claims);
    changed.put(name, value);
    return new JobClaims(changed);
  }

  /** The same job, naming an environment, as its {@code sub} says too. */
  public JobClaims environment(String name) {
    return with("environment", name).withSubject();
  }

  /** A claim that is a text. */
  public String text(String name) {
    return claims.get(name) instanceof String text ? text : "";
  }

  /** The subject of a repository made after July 15, 2026. */
  private JobClaims withSubject() {
    String[] names = text("repository").split("/", 2);
    String context;
    if (claims.containsKey("environment")) {
      context = "environment:" + text("environment").replace(":", "%3A");
    } else if (text("event_name").equals("pull_request")) {
      context = "pull_request";
    } else {
      context = "ref:" + text("ref").replace(":", "%3A");
    }
    return with(
        "sub",
        "repo:%s@%s/%s@%s:%s"
            .formatted(
                names[0], text("repository_owner_id"), names[1], text("repository_id"), context));
  }

  /** An id of its own for each name. */
  private static String id(String name) {
    return Integer.toString(1_000_000 + (name.hashCode() & 0xFFFFFF));
  }
}
