package io.github.cachemesh.core.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.ResourceKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Entries on the heap, bounded by their number and by their bytes, the most useful ones by Window
 * TinyLFU. Never blocks, so an event loop may call it.
 *
 * <p>An id is in both indexes exactly while the cache maps it: the indexes change only inside the
 * cache's atomic operation on that id. Near its bounds the tier may decline a new entry in favour
 * of one that is asked for more often.
 */
public final class MemoryTier implements Tier {
  /** What an entry without its body is taken to need. */
  static final int ENTRY_OVERHEAD_BYTES = 2 * 1024;

  private static final int WEIGHT_OF_ONE_ENTRY = 1024;

  private final int maxEntries;
  private final long maxBytes;
  private final TierEvents events;
  private final Cache<Entry.Id, Held> held;
  private final Index<ResourceKey, Entry.Id> byResource = new Index<>();
  private final Index<Path, Entry.Id> byPath = new Index<>();
  private final AtomicLong bytes = new AtomicLong();

  private record Path(String host, String path) {
    static Path of(Entry.Id id) {
      ResourceKey resource = id.key().resource();
      return new Path(resource.host(), resource.path());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Held(Entry entry, byte[] body) {
    long bytes() {
      return (long) body.length + ENTRY_OVERHEAD_BYTES;
    }
  }

  /**
   * @param maxEntries at least 1
   * @param maxBytes of bodies, with {@value #ENTRY_OVERHEAD_BYTES} added for each entry
   */
  public MemoryTier(int maxEntries, long maxBytes, TierEvents events) {
    if (maxEntries < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "a memory tier holds at least one entry and one byte, not %d and %d"
              .formatted(maxEntries, maxBytes));
    }
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.events = events;
    this.held =
        Caffeine.newBuilder()
            .maximumWeight((long) maxEntries * WEIGHT_OF_ONE_ENTRY)
            .weigher((Entry.Id _, Held value) -> weight(value))
            .evictionListener((id, value, _) -> evicted(id, value))
            // Upkeep is short and on the caller's thread, so bounds hold when store returns.
            .executor(Runnable::run)
            .build();
  }

  /** The greater of an entry's share of the entries and its share of the bytes. */
  private int weight(Held value) {
    double shareOfBytes = (double) value.bytes() / maxBytes;
    double weight = Math.ceil(shareOfBytes * maxEntries * WEIGHT_OF_ONE_ENTRY);
    return (int) Math.clamp(weight, WEIGHT_OF_ONE_ENTRY, Integer.MAX_VALUE);
  }

  private void evicted(Entry.@Nullable Id id, @Nullable Held value) {
    if (id != null && value != null) {
      forget(id, value);
      events.count(name(), TierEvents.Event.EVICTED);
    }
  }

  private void forget(Entry.Id id, Held value) {
    byResource.remove(id.key().resource(), id);
    byPath.remove(Path.of(id), id);
    bytes.addAndGet(-value.bytes());
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Entry> find(ResourceKey resource) {
    return byResource.get(resource).stream()
        .map(held::getIfPresent)
        .filter(Objects::nonNull)
        .map(Held::entry)
        .sorted(Variants.LATEST_PROVEN_FIRST)
        .toList();
  }

  Optional<Entry> entry(Entry.Id id) {
    return Optional.ofNullable(held.getIfPresent(id)).map(Held::entry);
  }

  @Override
  public Optional<byte[]> body(Entry entry) {
    return Optional.ofNullable(held.getIfPresent(entry.id())).map(Held::body);
  }

  @Override
  public void store(Entry entry, byte[] body) {
    Held value = new Held(entry, body);
    held.asMap()
        .compute(
            entry.id(),
            (id, former) -> {
              if (former == null) {
                byResource.add(id.key().resource(), id);
                byPath.add(Path.of(id), id);
              }
              bytes.addAndGet(value.bytes() - (former == null ? 0 : former.bytes()));
              return value;
            });
    events.count(name(), TierEvents.Event.STORED);
    if (byResource.get(entry.key().resource()).size() > Variants.MAX_PER_MEDIA_TYPE) {
      for (Entry.Id surplus : Variants.surplus(find(entry.key().resource()), entry.id())) {
        remove(surplus);
        events.count(name(), TierEvents.Event.EVICTED);
      }
    }
  }

  /** Puts an entry with other proofs in place of the one of its id; without that one, nothing. */
  void replace(Entry entry) {
    held.asMap().computeIfPresent(entry.id(), (_, former) -> new Held(entry, former.body()));
  }

  @Override
  public void remove(Entry.Id id) {
    held.asMap()
        .computeIfPresent(
            id,
            (_, former) -> {
              forget(id, former);
              return null;
            });
  }

  @Override
  public void invalidate(String host, String path) {
    byPath.get(new Path(host, path)).forEach(this::remove);
  }

  @Override
  public void clear() {
    held.asMap().keySet().forEach(this::remove);
  }

  /** How many entries are held. */
  public long entries() {
    return held.estimatedSize();
  }

  /** Bytes of the bodies held, with {@value #ENTRY_OVERHEAD_BYTES} added for each entry. */
  public long bytes() {
    return bytes.get();
  }

  /** How many names the indexes know: by resource and by path. */
  int indexedNames() {
    return byResource.names() + byPath.names();
  }
}
