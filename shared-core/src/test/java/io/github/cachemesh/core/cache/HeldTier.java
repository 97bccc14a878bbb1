package io.github.cachemesh.core.cache;

import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** A tier whose writes wait for permission, as a slow disk's do. */
final class HeldTier implements Tier {
  final MemoryTier kept = new MemoryTier(1000, 64 << 20, TierEvents.NONE);
  final List<Entry.Id> used = new CopyOnWriteArrayList<>();
  final Semaphore writesAllowed;

  HeldTier(int writesAllowed) {
    this.writesAllowed = new Semaphore(writesAllowed);
  }

  @Override
  public String name() {
    return "held";
  }

  @Override
  public List<Entry> find(ResourceKey resource) {
    return kept.find(resource);
  }

  @Override
  public Optional<byte[]> body(Entry entry) {
    return kept.body(entry);
  }

  @Override
  public void store(Entry entry, byte[] body) {
    writesAllowed.acquireUninterruptibly();
    kept.store(entry, body);
  }

  @Override
  public void used(Entry.Id id) {
    used.add(id);
  }

  @Override
  public void remove(Entry.Id id) {
    kept.remove(id);
  }

  @Override
  public void invalidate(String host, String path) {
    kept.invalidate(host, path);
  }

  @Override
  public void clear() {
    kept.clear();
  }
}
