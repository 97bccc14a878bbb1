package io.github.cachemesh.core.oidc;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a token of GitHub's says of its job, in the words of GitHub's reference for OIDC. Claims as
 * such prove nothing: a policy may be tried out with them, and only a {@link VerifiedToken}'s may
 * be acted on. Immutable.
 *
 * <p>Decisions use the ids: a name may belong to somebody else tomorrow, and the form of {@code
 * sub} is each repository's own.
 */
public final class TokenClaims {
  /** How long a token, or its claims alone, may be, in characters. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final List<String> REQUIRED_TEXTS =
      List.of("iss", "aud", "jti", "repository", "workflow_ref", "ref", "event_name");

  private final Instant issued;
  private final Instant notBefore;
  private final Instant expires;
  private final long repositoryId;
  private final long repositoryOwnerId;
  private final long runId;
  private final SortedMap<String, String> texts;

  private TokenClaims(ClaimsReader reader) throws DeniedException {
    this.texts = Collections.unmodifiableSortedMap(reader.texts());
    this.issued = reader.time("iat");
    this.notBefore = reader.time("nbf");
    this.expires = reader.time("exp");
    this.repositoryId = reader.id("repository_id");
    this.repositoryOwnerId = reader.id("repository_owner_id");
    this.runId = reader.id("run_id");
    for (String name : REQUIRED_TEXTS) {
      String _ = reader.text(name);
    }
  }

  static TokenClaims read(String json) throws DeniedException {
    return new TokenClaims(new ClaimsReader(json));
  }

  /**
   * Claims to try a policy with, believed without any proof.
   *
   * @param json an object as in a token's payload
   * @throws IllegalArgumentException when a token of GitHub's has other claims; the message names
   *     the first and quotes nothing
   */
  public static TokenClaims unverified(String json) {
    if (json.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the claims are longer than %d characters".formatted(MAX_LENGTH));
    }
    try {
      return read(json);
    } catch (DeniedException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }

  /** Who made the token. */
  public String issuer() {
    return required("iss");
  }

  /** For whom it was made. */
  public String audience() {
    return required("aud");
  }

  /** The token's own id, which no other token has. */
  public String id() {
    return required("jti");
  }

  /** When it was issued. */
  public Instant issued() {
    return issued;
  }

  /** From when on it calls itself valid. */
  public Instant notBefore() {
    return notBefore;
  }

  /** From when on it calls itself invalid. */
  public Instant expires() {
    return expires;
  }

  /** The repository whose workflow runs. */
  public long repositoryId() {
    return repositoryId;
  }

  /** The account that owns the repository. */
  public long repositoryOwnerId() {
    return repositoryOwnerId;
  }

  /** {@code owner/name}, for messages. */
  public String repository() {
    return required("repository");
  }

  /** {@code owner/name/.github/workflows/file.yml@ref} of the workflow that runs. */
  public String workflowRef() {
    return required("workflow_ref");
  }

  /**
   * The workflow file that defines the job: another than {@link #workflowRef} when it is reused.
   */
  public Optional<String> jobWorkflowRef() {
    return text("job_workflow_ref");
  }

  /** The commit of {@link #jobWorkflowRef}. */
  public Optional<String> jobWorkflowSha() {
    return text("job_workflow_sha");
  }

  /** The environment that the job names, whose protection rules it passed. */
  public Optional<String> environment() {
    return text("environment");
  }

  /** Such as {@code refs/heads/main}. */
  public String ref() {
    return required("ref");
  }

  /** Whether a rule protects the ref; false where the token does not say. */
  public boolean refProtected() {
    return text("ref_protected").filter("true"::equals).isPresent();
  }

  /** Such as {@code push}. */
  public String eventName() {
    return required("event_name");
  }

  /** {@code github-hosted} or {@code self-hosted}. */
  public Optional<String> runnerEnvironment() {
    return text("runner_environment");
  }

  /** The run of the workflow. */
  public long runId() {
    return runId;
  }

  /** Any claim that is a text and not empty, by GitHub's name for it. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  private String required(String name) {
    return text(name).orElseThrow();
  }

  /** Says which job, for logs. */
  @Override
  public String toString() {
    return "run %d of %s (%d)".formatted(runId, repository(), repositoryId);
  }
}
