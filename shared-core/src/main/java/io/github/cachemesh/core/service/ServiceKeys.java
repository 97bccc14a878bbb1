package io.github.cachemesh.core.service;

import io.github.cachemesh.core.audit.AuditKey;
import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.DataKey;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.core.envelope.RootKey;
import io.github.cachemesh.core.envelope.SigningKey;
import io.github.cachemesh.core.envelope.VerifyingKey;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The keys of a service, all derived from 32 bytes in one file, so that replicas that share the
 * file sign, seal and log as one: the signing key that clients pin, the key of leases, and that of
 * the audit log. Closing zeroes them. Thread-safe.
 */
public final class ServiceKeys implements AutoCloseable {

  private static final String LABEL = "cachemesh credential service 1";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final SigningKey signing;
  private final DataKey leases;
  private final MacKey audit;

  /**
   * @param root remains the caller's
   */
  ServiceKeys(RootKey root) {
    this.signing = root.derive(KeyKind.SIGNING, Aad.of(LABEL, "answers"));
    this.leases = root.derive(KeyKind.DATA, Aad.of(LABEL, "leases"));
    this.audit = AuditKey.of(root);
  }

  /**
   * The keys of a file, which is made where there is none; of several replicas that start together
   * one makes it.
   *
   * @throws IOException when it cannot be read or made, holds no key, or others may read or change
   *     it; the message names it and the remedy
   */
  public static ServiceKeys in(Path file, SecureRandom random, InstantSource clock)
      throws IOException {
    try {
      return read(file);
    } catch (NoSuchFileException _) {
      try (RootKey made = KeyKind.ROOT.fresh(random)) {
        byte[] secret = made.reveal();
        PrivateFiles.create(file, clock.instant(), ByteBuffer.wrap(secret));
        Arrays.fill(secret, (byte) 0);
      }
      return read(file);
    }
  }

  private static ServiceKeys read(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.retainAll(OTHERS);
    if (!permissions.isEmpty()) {
      throw new IOException(
          file + " holds the service's key and others may read or change it: chmod 600");
    }
    byte[] secret;
    try (InputStream bytes = Files.newInputStream(file)) {
      secret = bytes.readNBytes(RootKey.BYTES + 1);
    }
    try {
      if (secret.length != RootKey.BYTES) {
        throw new IOException(
            "%s is no key of a service, which has %d bytes: restore it from a backup"
                .formatted(file, RootKey.BYTES));
      }
      try (RootKey root = KeyKind.ROOT.of(secret)) {
        return new ServiceKeys(root);
      }
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** What clients pin; its text is their {@code service-key}. */
  public VerifyingKey verifyingKey() {
    return signing.verifyingKey();
  }

  SigningKey signing() {
    return signing;
  }

  DataKey leases() {
    return leases;
  }

  /** The key of the service's audit log; closed with this. */
  public MacKey audit() {
    return audit;
  }

  @Override
  public void close() {
    signing.close();
    leases.close();
    audit.close();
  }
}
