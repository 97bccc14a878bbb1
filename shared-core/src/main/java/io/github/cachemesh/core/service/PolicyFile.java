package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.oidc.TokenClaims;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A policy in a file, followed as the file changes: what decides is always a policy that was whole,
 * the last one of them. Thread-safe.
 */
public final class PolicyFile {
  private final Followed<Policy> followed;

  private PolicyFile(Followed<Policy> followed) {
    this.followed = followed;
  }

  /**
   * The policy of a file.
   *
   * @throws InvalidPolicyException when it is none
   * @throws IOException when it cannot be read, or has more than {@value Followed#MAX_BYTES} bytes
   */
  public static PolicyFile open(Path file) throws IOException {
    return new PolicyFile(
        new Followed<>(List.of(file), contents -> parsed(file, contents.getFirst())));
  }

  private static Policy parsed(Path file, byte[] bytes) throws InvalidPolicyException {
    try {
      String yaml = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return PolicyReader.read(file.toString(), yaml);
    } catch (CharacterCodingException _) {
      throw new InvalidPolicyException(file + " is not UTF-8");
    }
  }

  /** Looks at the file again. */
  Reload reload() {
    return followed.reload();
  }

  Policy current() {
    return followed.current();
  }

  /** Why the file as it is now is not what decides; empty when it is. */
  Optional<String> problem() {
    return followed.problem();
  }

  /**
   * What the policy would say about credentials for a job.
   *
   * @param claims need not be a verified token's: nothing is given
   */
  public List<Rehearsal> rehearse(TokenClaims claims, List<String> names) {
    Policy rules = current();
    return names.stream().map(name -> Rehearsal.of(rules, claims, name)).toList();
  }

  /** What each grant would say to a job, whatever it asked for. */
  public List<Rehearsal> rehearse(TokenClaims claims) {
    return current().grants().stream().map(grant -> Rehearsal.of(grant, claims)).toList();
  }

  int grants() {
    return current().grants().size();
  }
}
