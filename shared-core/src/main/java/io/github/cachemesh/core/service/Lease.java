package io.github.cachemesh.core.service;

import java.util.regex.Pattern;

/**
 * A ticket for giving a minted credential back before it expires: whoever holds it can end the
 * credential, and nothing else. Opaque to all but the service, which keeps no other record of it.
 * Immutable.
 */
public final class Lease {
  /** How long its text can be. */
  public static final int MAX_CHARACTERS = 9_000;

  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_CHARACTERS + "}");

  private final String text;

  private Lease(String text) {
    this.text = text;
  }

  /**
   * The lease that {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is no lease; the message does not quote it
   */
  public static Lease parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "not a lease: it is 1 to %d characters of base64url".formatted(MAX_CHARACTERS));
    }
    return new Lease(text);
  }

  /** What to keep, out of logs, until the credential is given back. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lease lease && text.equals(lease.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "Lease";
  }
}
