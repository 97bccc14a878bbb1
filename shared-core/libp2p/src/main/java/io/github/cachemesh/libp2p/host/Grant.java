package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.LimitExceededException;

/**
 * Room for one thing in several quotas: in all of them or in none, given back once. Thread-safe;
 * does not block.
 */
final class Grant {
  private static final Quota[] NONE = {};

  private final Refusals refusals;
  private Quota[] held = NONE;
  private boolean released;

  private Grant(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * @throws LimitExceededException when one of them is full, which is counted
   */
  static Grant of(Refusals refusals, Quota... quotas) throws LimitExceededException {
    Grant grant = new Grant(refusals);
    grant.exchange(NONE, quotas);
    return grant;
  }

  /**
   * Takes some, then gives others up that it holds; once released it does nothing.
   *
   * @throws LimitExceededException when one of them is full, which is counted; it then holds what
   *     it held
   */
  synchronized void exchange(Quota[] old, Quota... more) throws LimitExceededException {
    if (released) {
      return;
    }
    for (int i = 0; i < more.length; i++) {
      if (!more[i].take()) {
        giveBack(more, i);
        throw refusals.refused(more[i].limit(), more[i].max());
      }
    }
    giveBack(old, old.length);
    Quota[] now = new Quota[held.length - old.length + more.length];
    int count = 0;
    for (Quota quota : held) {
      if (!contains(old, quota)) {
        now[count++] = quota;
      }
    }
    System.arraycopy(more, 0, now, count, more.length);
    held = now;
  }

  /** Gives everything back; may be called again. */
  synchronized void release() {
    released = true;
    giveBack(held, held.length);
    held = NONE;
  }

  private static boolean contains(Quota[] quotas, Quota wanted) {
    for (Quota quota : quotas) {
      if (quota == wanted) {
        return true;
      }
    }
    return false;
  }

  private static void giveBack(Quota[] quotas, int count) {
    for (int i = 0; i < count; i++) {
      quotas[i].giveBack();
    }
  }
}
