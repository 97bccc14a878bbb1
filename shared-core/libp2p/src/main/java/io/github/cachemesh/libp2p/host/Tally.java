package io.github.cachemesh.libp2p.host;

import java.util.concurrent.atomic.AtomicInteger;

/** A quota of the host's. */
final class Tally implements Quota {
  private final Limit limit;
  private final int max;
  private final AtomicInteger used = new AtomicInteger();

  Tally(Limit limit, int max) {
    this.limit = limit;
    this.max = max;
  }

  @Override
  public boolean take() {
    int now = used.get();
    while (now < max) {
      int seen = used.compareAndExchange(now, now + 1);
      if (seen == now) {
        return true;
      }
      now = seen;
    }
    return false;
  }

  @Override
  public void giveBack() {
    used.decrementAndGet();
  }

  @Override
  public boolean isFull() {
    return used.get() >= max;
  }

  int used() {
    return used.get();
  }

  @Override
  public Limit limit() {
    return limit;
  }

  @Override
  public int max() {
    return max;
  }
}
