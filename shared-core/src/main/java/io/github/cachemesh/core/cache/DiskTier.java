package io.github.cachemesh.core.cache;

import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.ResourceKey;
import io.github.cachemesh.core.store.EntryFile;
import io.github.cachemesh.core.store.EntryFiles;
import io.github.cachemesh.core.store.EntryName;
import io.github.cachemesh.core.store.EntryTooLargeException;
import io.github.cachemesh.core.store.Reading;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Entries in a folder, least recently used first to go: what {@link #store} returned for is
 * readable and right after any crash.
 *
 * <p>Of proofs it keeps those that an entry had when it was stored. Thread-safe; blocks.
 *
 * <p>Several processes may share the folder and its bounds. Each looks at the whole folder after it
 * has written a twentieth of a bound, so with <em>n</em> processes a bound may be exceeded by
 * <em>n</em> twentieths and one entry for each; one process alone keeps the bounds exactly. When an
 * entry was last used is noted at most once a minute. Where the folder cannot be read or written,
 * entries are missed and {@link TierEvents.Event#FAILED} is counted; the first such failure of
 * either kind is logged.
 */
public final class DiskTier implements Tier {
  /** Entries that nobody used for so long are dropped. */
  static final Duration MAX_UNUSED = Duration.ofDays(30);

  private static final Duration NOTE_USE_EVERY = Duration.ofMinutes(1);
  private static final Logger LOG = System.getLogger(DiskTier.class.getName());

  private final Path folder;
  private final EntryFiles<Entry> files;
  private final LeastRecentlyUsed bounds;
  private final InstantSource clock;
  private final TierEvents events;
  private final Occupancy occupancy = new Occupancy();
  private final AtomicBoolean readFailureLogged = new AtomicBoolean();
  private final AtomicBoolean writeFailureLogged = new AtomicBoolean();

  private interface DiskWork {
    void run() throws IOException;
  }

  /**
   * Opens the folder, which is created with mode 0700 when something is stored.
   *
   * @param maxEntries at least 1
   * @param maxBytes of whole files; a body of more than half of it is not kept
   */
  public DiskTier(
      Path folder, int maxEntries, long maxBytes, InstantSource clock, TierEvents events) {
    if (maxEntries < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "a disk tier holds at least one entry and one byte, not %d and %d"
              .formatted(maxEntries, maxBytes));
    }
    this.folder = folder;
    this.files = new EntryFiles<>(folder, new EntryJson());
    this.bounds = new LeastRecentlyUsed(maxEntries, maxBytes);
    this.clock = clock;
    this.events = events;
    writing(this::makeRoom);
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public List<Entry> find(ResourceKey resource) {
    List<Entry> found = new ArrayList<>();
    reading(
        () -> {
          String prefix = EntryJson.namePrefix(resource);
          for (EntryName name : files.list(EntryJson.group(resource.host(), resource.path()))) {
            if (name.name().startsWith(prefix)) {
              reading(() -> found(name, files.readEntry(name)).ifPresent(found::add));
            }
          }
        });
    found.sort(Variants.LATEST_PROVEN_FIRST);
    return found;
  }

  @Override
  public Optional<byte[]> body(Entry entry) {
    EntryName name = EntryJson.name(entry.id());
    List<byte[]> body = new ArrayList<>(1);
    reading(() -> found(name, files.readBody(name)).ifPresent(body::add));
    if (!body.isEmpty()) {
      writing(() -> files.touch(name, clock.instant(), NOTE_USE_EVERY));
    }
    return body.stream().findFirst();
  }

  private <V> Optional<V> found(EntryName name, Reading<V> reading) {
    return switch (reading) {
      case Reading.Found<V>(V value) -> Optional.of(value);
      case Reading.Absent<V> _, Reading.Newer<V> _ -> Optional.empty();
      case Reading.Damaged<V>(String reason) -> {
        LOG.log(Level.DEBUG, "dropped a file of {0}: {1}", folder, reason);
        writing(() -> dropDamaged(name));
        yield Optional.empty();
      }
    };
  }

  private void dropDamaged(EntryName name) throws IOException {
    Optional<EntryFile> file = files.stat(name);
    if (files.deleteDamaged(name)) {
      file.ifPresent(occupancy::removed);
      events.count(name(), TierEvents.Event.DAMAGED);
    }
  }

  @Override
  public void store(Entry entry, byte[] body) {
    if (bounds.isTooLarge(body.length)) {
      events.count(name(), TierEvents.Event.DROPPED);
      return;
    }
    writing(
        () -> {
          EntryName name = EntryJson.name(entry.id());
          Optional<EntryFile> former = files.stat(name);
          long bytes = files.write(entry, body, clock.instant());
          former.ifPresent(occupancy::removed);
          occupancy.written(bytes);
          events.count(name(), TierEvents.Event.STORED);
          dropSurplusVariants(entry);
          if (occupancy.isRoomNeeded()) {
            makeRoom();
          }
        });
  }

  private void dropSurplusVariants(Entry stored) throws IOException {
    ResourceKey resource = stored.key().resource();
    String prefix = EntryJson.namePrefix(resource);
    long ofResource =
        files.list(EntryJson.group(resource.host(), resource.path())).stream()
            .filter(name -> name.name().startsWith(prefix))
            .count();
    if (ofResource > Variants.MAX_PER_MEDIA_TYPE) {
      for (Entry.Id surplus : Variants.surplus(find(resource), stored.id())) {
        delete(EntryJson.name(surplus), TierEvents.Event.EVICTED);
      }
    }
  }

  private void makeRoom() throws IOException {
    Instant now = clock.instant();
    List<EntryFile> kept = new ArrayList<>();
    for (EntryFile file : files.scan(now)) {
      if (file.lastUsed().plus(MAX_UNUSED).isBefore(now)) {
        delete(file.name(), TierEvents.Event.EXPIRED);
      } else {
        kept.add(file);
      }
    }
    occupancy.counted(kept);
    for (EntryFile file : bounds.surplus(kept)) {
      delete(file.name(), TierEvents.Event.EVICTED);
    }
  }

  private void delete(EntryName name, TierEvents.Event why) throws IOException {
    if (delete(name)) {
      events.count(name(), why);
    }
  }

  private boolean delete(EntryName name) throws IOException {
    Optional<EntryFile> file = files.stat(name);
    boolean deleted = files.delete(name);
    if (deleted) {
      file.ifPresent(occupancy::removed);
    }
    return deleted;
  }

  @Override
  public void used(Entry.Id id) {
    writing(() -> files.touch(EntryJson.name(id), clock.instant(), NOTE_USE_EVERY));
  }

  @Override
  public void remove(Entry.Id id) {
    writing(() -> delete(EntryJson.name(id)));
  }

  @Override
  public void invalidate(String host, String path) {
    writing(
        () -> {
          for (EntryName name : files.list(EntryJson.group(host, path))) {
            delete(name);
          }
        });
  }

  @Override
  public void clear() {
    writing(
        () -> {
          for (EntryFile file : files.scan(clock.instant())) {
            delete(file.name());
          }
        });
  }

  /** Every entry there is, in no order. */
  public List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    reading(
        () -> {
          for (EntryFile file : files.scan(clock.instant())) {
            reading(() -> found(file.name(), files.readEntry(file.name())).ifPresent(all::add));
          }
        });
    return all;
  }

  /** How many entries there are, as far as this process knows. */
  public long entries() {
    return occupancy.entries();
  }

  /** The size of all files together, as far as this process knows. */
  public long bytes() {
    return occupancy.bytes();
  }

  private void reading(DiskWork work) {
    guarded(work, readFailureLogged, "read");
  }

  private void writing(DiskWork work) {
    guarded(work, writeFailureLogged, "written");
  }

  private void guarded(DiskWork work, AtomicBoolean logged, String what) {
    try {
      work.run();
    } catch (EntryTooLargeException _) {
      events.count(name(), TierEvents.Event.DROPPED);
    } catch (IOException e) {
      events.count(name(), TierEvents.Event.FAILED);
      if (logged.compareAndSet(false, true)) {
        LOG.log(
            Level.WARNING,
            "the cache folder {0} cannot be {1} ({2}); the cache does without it where it cannot,"
                + " and further failures are only counted",
            folder,
            what,
            e);
      }
    }
  }

  /** What this process believes to be in the folder. */
  private final class Occupancy {
    private long entries;
    private long bytes;
    private long writtenEntries;
    private long writtenBytes;

    synchronized void counted(List<EntryFile> files) {
      entries = files.size();
      bytes = files.stream().mapToLong(EntryFile::bytes).sum();
      writtenEntries = 0;
      writtenBytes = 0;
    }

    synchronized void written(long size) {
      entries++;
      bytes += size;
      writtenEntries++;
      writtenBytes += size;
    }

    synchronized void removed(EntryFile file) {
      entries--;
      bytes -= file.bytes();
    }

    synchronized boolean isRoomNeeded() {
      return bounds.isExceededBy(entries, bytes) || bounds.isDueAfter(writtenEntries, writtenBytes);
    }

    synchronized long entries() {
      return entries;
    }

    synchronized long bytes() {
      return bytes;
    }
  }
}
