package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.oidc.TokenClaims;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A policy in a file of at most {@value #MAX_BYTES} bytes, followed as the file changes: what
 * decides is always a policy that was whole, the last one of them. Thread-safe.
 */
public final class PolicyFile {
  static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private byte[] seen;
  private volatile Policy current;
  private volatile Optional<String> problem = Optional.empty();

  /** What became of a look at the file. */
  sealed interface Reload {
    record Unchanged() implements Reload {}

    /** Another policy decides from now on. */
    record Replaced(int grants) implements Reload {}

    /** The old policy goes on to decide. */
    record Refused(String problem) implements Reload {}
  }

  private PolicyFile(Path file, byte[] seen, Policy current) {
    this.file = file;
    this.seen = seen;
    this.current = current;
  }

  /**
   * The policy of a file.
   *
   * @throws InvalidPolicyException when it is none
   * @throws IOException when it cannot be read
   */
  public static PolicyFile open(Path file) throws IOException, InvalidPolicyException {
    byte[] bytes = bytes(file);
    return new PolicyFile(file, Hashes.sha256(bytes), parsed(file, bytes));
  }

  /** Looks at the file again. */
  synchronized Reload reload() {
    byte[] hash = {};
    try {
      byte[] bytes = bytes(file);
      hash = Hashes.sha256(bytes);
      if (Arrays.equals(hash, seen)) {
        return new Reload.Unchanged();
      }
      Policy policy = parsed(file, bytes);
      current = policy;
      problem = Optional.empty();
      seen = hash;
      return new Reload.Replaced(policy.grants().size());
    } catch (InvalidPolicyException e) {
      return refused(hash, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refused(hash, "%s cannot be read: %s".formatted(file, e));
    }
  }

  /** Said once for each content of the file, and once while it cannot be read. */
  private Reload refused(byte[] hash, String message) {
    boolean said = Arrays.equals(hash, seen);
    seen = hash;
    problem = Optional.of(message);
    return said ? new Reload.Unchanged() : new Reload.Refused(message);
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return bytes.readNBytes(MAX_BYTES + 1);
    }
  }

  private static Policy parsed(Path file, byte[] bytes) throws InvalidPolicyException {
    if (bytes.length > MAX_BYTES) {
      throw new InvalidPolicyException("%s has more than %d bytes".formatted(file, MAX_BYTES));
    }
    try {
      String yaml = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return PolicyReader.read(file.toString(), yaml);
    } catch (CharacterCodingException _) {
      throw new InvalidPolicyException(file + " is not UTF-8");
    }
  }

  Policy current() {
    return current;
  }

  /** Why the file as it is now is not what decides; empty when it is. */
  Optional<String> problem() {
    return problem;
  }

  /**
   * What the policy would say about credentials for a job.
   *
   * @param claims need not be a verified token's: nothing is given
   */
  public List<Rehearsal> rehearse(TokenClaims claims, List<String> names) {
    Policy rules = current;
    return names.stream().map(name -> Rehearsal.of(rules, claims, name)).toList();
  }

  /** What each grant would say to a job, whatever it asked for. */
  public List<Rehearsal> rehearse(TokenClaims claims) {
    return current.grants().stream().map(grant -> Rehearsal.of(grant, claims)).toList();
  }

  int grants() {
    return current.grants().size();
  }
}
