package io.github.cachemesh.core.service;

import io.github.cachemesh.core.audit.AuditKey;
import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.DataKey;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.core.envelope.RootKey;
import io.github.cachemesh.core.envelope.SigningKey;
import io.github.cachemesh.core.envelope.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * The keys of a service, in two files of its state folder that are made where they are missing, so
 * that replicas that share the folder sign, seal and log as one. {@code service.key} is the signing
 * key, which clients pin, and that of leases; {@code audit.key} is the audit log's, in a file of
 * its own for whoever checks the log. Closing zeroes them. Thread-safe.
 */
final class ServiceKeys implements AutoCloseable {
  static final String SERVICE_FILE = "service.key";
  static final String AUDIT_FILE = "audit.key";

  private static final String LABEL = "cachemesh credential service 1";

  private final SigningKey signing;
  private final DataKey leases;
  private final MacKey audit;

  /**
   * @param root remains the caller's
   * @param audit is closed with this
   */
  private ServiceKeys(RootKey root, MacKey audit) {
    this.signing = root.derive(KeyKind.SIGNING, Aad.of(LABEL, "answers"));
    this.leases = root.derive(KeyKind.DATA, Aad.of(LABEL, "leases"));
    this.audit = audit;
  }

  /**
   * The keys of a state folder.
   *
   * @throws IOException when a key cannot be read or made, is none, or others may read or change
   *     it; the message names the file and the remedy
   */
  static ServiceKeys in(Path stateFolder, SecureRandom random, InstantSource clock)
      throws IOException {
    SecretFile service = new SecretFile(stateFolder.resolve(SERVICE_FILE), clock);
    SecretFile audit = new SecretFile(stateFolder.resolve(AUDIT_FILE), clock);
    byte[] secret = service.readOrMake(() -> fresh(random));
    byte[] text = {};
    try (RootKey root = KeyKind.ROOT.of(checked(secret, service))) {
      text = audit.readOrMake(() -> AuditKey.freshText(random));
      return new ServiceKeys(root, audit(text, audit));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  private static byte[] fresh(SecureRandom random) {
    byte[] secret = new byte[RootKey.BYTES];
    random.nextBytes(secret);
    return secret;
  }

  private static byte[] checked(byte[] secret, SecretFile file) throws IOException {
    if (secret.length != RootKey.BYTES) {
      throw file.refused("it is no key of a service, which has %d bytes".formatted(RootKey.BYTES));
    }
    return secret;
  }

  private static MacKey audit(byte[] text, SecretFile file) throws IOException {
    try {
      return AuditKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw file.refused("it is " + e.getMessage());
    }
  }

  /** What clients pin; its text is their {@code service-key}. */
  VerifyingKey verifyingKey() {
    return signing.verifyingKey();
  }

  SigningKey signing() {
    return signing;
  }

  DataKey leases() {
    return leases;
  }

  MacKey audit() {
    return audit;
  }

  @Override
  public void close() {
    signing.close();
    leases.close();
    audit.close();
  }
}
