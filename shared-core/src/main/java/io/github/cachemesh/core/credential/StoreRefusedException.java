package io.github.cachemesh.core.credential;

import java.io.IOException;

/**
 * A store, a key or a change is refused, and nothing was written. The message names the file and
 * the remedy and holds nothing secret.
 */
public final class StoreRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Fault {
    /** There is no store, holder or record of that name. */
    MISSING,
    /** There is one already. */
    EXISTS,
    /** It is damaged, cut, or no store of this format. */
    CORRUPT,
    /** It was written by a later version of the format. */
    UNKNOWN_FORMAT,
    /** Its signature is not its writer's: it was changed. */
    NOT_AUTHENTIC,
    /** It is another store than the one that was expected. */
    FOREIGN,
    /** Nothing tells whose store it is, and the key could not tell either. */
    UNPINNED,
    /** It is older than one that was seen before, or than is asked for. */
    ROLLED_BACK,
    /** It has the generation of one that was seen before, and is another. */
    FORKED,
    /** The key opens nothing in it. */
    WRONG_KEY,
    /** Only an owner's key may do that. */
    NOT_OWNER,
    /** The scope is none of those there are. */
    UNKNOWN_SCOPE,
    /** A bound is passed. */
    OUT_OF_BOUNDS,
    /** Somebody else writes, for longer than was waited. */
    BUSY,
    /** What was given does not have its form. */
    MALFORMED,
    /** The keyring of the system cannot be used. */
    NO_KEYRING
  }

  private final Fault fault;

  /**
   * @param message names what is refused and the remedy, and quotes nothing secret
   */
  public StoreRefusedException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What somebody's argument was refused with; its message is one for them. */
  StoreRefusedException(Fault fault, Exception refusal) {
    super(refusal.getMessage());
    this.fault = fault;
  }

  /** Why it is refused. */
  public Fault fault() {
    return fault;
  }
}
