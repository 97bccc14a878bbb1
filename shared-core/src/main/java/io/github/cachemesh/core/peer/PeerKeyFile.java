package io.github.cachemesh.core.peer;

import io.github.cachemesh.core.store.PrivateFiles;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/**
 * The key by which a node is known to its peers, in libp2p's own encoding: made when it is first
 * needed, readable by its owner only, and the same for all processes that share the file.
 * Thread-safe.
 */
public final class PeerKeyFile {
  private static final int MAX_BYTES = 16 << 10;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path file;
  private final InstantSource clock;

  public PeerKeyFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** That of the nodes of a cache folder, {@code p2p/identity.key}. */
  public static PeerKeyFile in(Path cacheDir, InstantSource clock) {
    return new PeerKeyFile(cacheDir.resolve("p2p").resolve("identity.key"), clock);
  }

  /**
   * Whose key it is.
   *
   * @throws IOException when there is no key and none can be kept, or when the file is no key, or
   *     when others may read or change it; the message names the file and what to do
   */
  public PeerName name() throws IOException {
    PrivateKey key = key();
    PeerId id = key.peerId();
    return new PeerName(id.toBase58(), id.toCid().toString(), key.publicKey().type().toString());
  }

  /**
   * @throws IOException as {@link #name} says
   */
  PrivateKey key() throws IOException {
    try {
      return read();
    } catch (NoSuchFileException _) {
      PrivateKey made = PrivateKey.generate(KeyType.ED25519);
      // Where another process was faster, its key is the one.
      PrivateFiles.create(file, clock.instant(), ByteBuffer.wrap(made.encoded()));
      return read();
    }
  }

  private PrivateKey read() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.retainAll(OTHERS);
    if (!permissions.isEmpty()) {
      throw new IOException(
          file + " holds a private key that others may read or change: chmod 600, or remove it");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " has more than " + MAX_BYTES + " bytes: it is no key");
    }
    try {
      return PrivateKey.decode(Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no private key of libp2p: name another, or remove it", e);
    }
  }
}
