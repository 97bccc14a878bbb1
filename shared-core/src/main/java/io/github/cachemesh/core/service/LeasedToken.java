package io.github.cachemesh.core.service;

import java.time.Instant;
import java.util.Arrays;

/**
 * What a lease holds: a minted token and for whom it was minted. Closing it zeroes the token.
 *
 * @param token in ASCII; not used by the caller any more
 * @param who for the audit log
 */
record LeasedToken(String name, String who, Instant expires, byte[] token)
    implements AutoCloseable {
  @Override
  public void close() {
    Arrays.fill(token, (byte) 0);
  }

  @Override
  public String toString() {
    return "LeasedToken[" + name + "]";
  }
}
