package io.github.cachemesh.core.github;

import java.time.Instant;
import java.util.Arrays;

/**
 * A token that an App minted for one of its installations. It holds until it expires or {@link
 * GitHubApp#revoke} ends it; closing this object only forgets it. Thread-safe.
 */
public final class InstallationToken implements AutoCloseable {
  private final byte[] token;
  private final AppGrant grant;
  private final Instant expires;
  private boolean closed;

  /**
   * @param token not used by the caller any more
   */
  InstallationToken(byte[] token, AppGrant grant, Instant expires) {
    this.token = token;
    this.grant = grant;
    this.expires = expires;
  }

  /**
   * The token in ASCII: a copy, which the caller zeroes.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized byte[] bytes() {
    if (closed) {
      throw new IllegalStateException("the token was closed");
    }
    return token.clone();
  }

  /** What it may do. */
  public AppGrant grant() {
    return grant;
  }

  /** When GitHub ends it by itself: an hour after it was minted. */
  public Instant expires() {
    return expires;
  }

  /** Zeroes the token. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(token, (byte) 0);
  }

  @Override
  public String toString() {
    return "InstallationToken[" + grant + ", expires " + expires + "]";
  }
}
