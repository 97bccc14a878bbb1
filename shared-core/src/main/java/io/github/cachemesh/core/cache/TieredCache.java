package io.github.cachemesh.core.cache;

import io.github.cachemesh.core.http.BodyDigest;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.Proof;
import io.github.cachemesh.core.http.RequestKey;
import io.github.cachemesh.core.http.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Memory over disk over further tiers, as one cache: what was invalidated is not found afterwards,
 * and no answer that was asked for before the invalidation brings it back.
 *
 * <p>For that, take {@link #epoch} before sending a request upstream and hand it in with the
 * answer. Another process on the same disk folder sees an invalidation on disk, but keeps what it
 * has in memory.
 *
 * <p>Disk writes go behind the caller through one queue of at most {@value WriteBehind#MAX_WRITES}
 * writes and 64 MiB; a write on top of that is dropped and counted. Thread-safe. Only {@link
 * #lookupInMemory}, {@link #epoch} and {@link #prove} never wait for a tier beyond memory.
 */
public final class TieredCache implements AutoCloseable {
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final MemoryTier memory;
  private final @Nullable Tier disk;
  private final List<Tier> further;
  private final TierEvents events;
  private final Invalidations invalidations = new Invalidations();
  private final WriteBehind writes = new WriteBehind("cache-writer");

  /** Makes the check of an epoch and the change of memory that depends on it one step. */
  private final ReentrantLock memoryLock = new ReentrantLock();

  /**
   * The same for the disk; taken after {@link #memoryLock} was given back. Fair, so that an
   * invalidation does not wait for the whole queue of writes.
   */
  private final ReentrantLock diskLock = new ReentrantLock(true);

  /**
   * @param disk this node's own, or null to keep nothing across restarts
   * @param further asked in order when neither memory nor disk has an entry; what they say of
   *     proofs is not believed
   */
  public TieredCache(
      MemoryTier memory, @Nullable Tier disk, List<Tier> further, TierEvents events) {
    this.memory = memory;
    this.disk = disk;
    this.further = List.copyOf(further);
    this.events = events;
  }

  /** To be taken before a request is sent and handed in with its answer. */
  public long epoch() {
    return invalidations.epoch();
  }

  /** What memory has of the resource, the latest proven first. Does not block. */
  public List<Candidate> lookupInMemory(ResourceKey resource) {
    long asOf = epoch();
    return memory.find(resource).stream().map(entry -> new Candidate(entry, memory, asOf)).toList();
  }

  /**
   * What memory and disk have of the resource, else what the first further tier that knows it has,
   * the latest proven first.
   */
  public List<Candidate> lookup(ResourceKey resource) {
    long asOf = epoch();
    Map<Entry.Id, Candidate> found = new LinkedHashMap<>();
    addTo(found, memory, memory.find(resource), asOf);
    if (disk != null) {
      addTo(found, disk, disk.find(resource), asOf);
    }
    for (Tier tier : further) {
      if (found.isEmpty()) {
        addTo(
            found,
            tier,
            tier.find(resource).stream().map(TieredCache::withoutProofs).toList(),
            asOf);
      }
    }
    return inOrder(found.values());
  }

  private static void addTo(
      Map<Entry.Id, Candidate> found, Tier tier, List<Entry> entries, long asOf) {
    for (Entry entry : entries) {
      found.putIfAbsent(entry.id(), new Candidate(entry, tier, asOf));
    }
  }

  private static List<Candidate> inOrder(Collection<Candidate> candidates) {
    return candidates.stream()
        .sorted((a, b) -> Variants.LATEST_PROVEN_FIRST.compare(a.entry(), b.entry()))
        .toList();
  }

  private static Entry withoutProofs(Entry entry) {
    Entry untrusted = entry;
    for (Proof proof : entry.proofs()) {
      untrusted = untrusted.disprovenFor(proof.principal());
    }
    return untrusted;
  }

  /**
   * The candidate's body, which is in memory from then on; empty when it was lost meanwhile. Does
   * not block for what {@link #lookupInMemory} gave. The caller must not change it.
   */
  public Optional<byte[]> body(Candidate candidate) {
    Entry entry = candidate.entry();
    Optional<byte[]> inMemory = memory.body(entry);
    if (inMemory.isPresent() || candidate.tier() == memory) {
      return inMemory;
    }
    Optional<byte[]> body = candidate.tier().body(entry);
    body.ifPresent(bytes -> promote(candidate, bytes));
    return body;
  }

  private void promote(Candidate candidate, byte[] body) {
    Entry entry = candidate.entry();
    memoryLock.lock();
    try {
      if (isCurrent(entry, candidate.asOf()) && memory.entry(entry.id()).isEmpty()) {
        memory.store(entry, body);
      }
    } finally {
      memoryLock.unlock();
    }
  }

  private boolean isCurrent(Entry entry, long asOf) {
    ResourceKey resource = entry.key().resource();
    return invalidations.allows(asOf, resource.host(), resource.path());
  }

  /**
   * Keeps an answer, unless its path was invalidated since {@code asOf}, together with what other
   * principals proved of the same body. Whose proof it carries has seen this body, so their proofs
   * are taken from other bodies of the same request, see {@link #supersede}.
   *
   * @param body belongs to the cache from now on
   * @param asOf the epoch when the request was sent
   * @return false where an invalidation forbids it
   */
  public boolean store(Entry entry, byte[] body, long asOf) {
    Entry merged;
    memoryLock.lock();
    try {
      if (!isCurrent(entry, asOf)) {
        return false;
      }
      merged = memory.entry(entry.id()).map(former -> merge(entry, former)).orElse(entry);
      memory.store(merged, body);
      for (Proof proof : entry.proofs()) {
        supersede(memory, entry.key(), entry.body(), proof.principal(), proof.at());
      }
    } finally {
      memoryLock.unlock();
    }
    writeBehind(body.length, tier -> storeOnDisk(tier, entry, merged, body, asOf));
    return true;
  }

  private void storeOnDisk(Tier tier, Entry entry, Entry merged, byte[] body, long asOf) {
    if (!isCurrent(entry, asOf)) {
      return;
    }
    Entry complete =
        tier.find(entry.key().resource()).stream()
            .filter(former -> former.id().equals(entry.id()))
            .findFirst()
            .map(former -> merge(merged, former))
            .orElse(merged);
    tier.store(complete, body);
    for (Proof proof : entry.proofs()) {
      supersede(tier, entry.key(), entry.body(), proof.principal(), proof.at());
    }
  }

  /** The entry with the proofs of {@code former} for which it has no later ones. */
  private static Entry merge(Entry entry, Entry former) {
    Entry merged = entry;
    for (Proof proof : former.proofs()) {
      boolean isKnown =
          merged
              .proofOf(proof.principal())
              .filter(own -> !own.at().isBefore(proof.at()))
              .isPresent();
      if (!isKnown) {
        merged = merged.provenBy(proof);
      }
    }
    return merged;
  }

  /**
   * Notes in memory that GitHub answered 304 for the entry, and the fields that it said anew: no
   * disk write for each poll. An entry that memory does not hold stays as it is; to keep one that
   * came from a further tier, {@link #store} it with the proof.
   *
   * @param asOf the epoch when the request was sent
   */
  public void prove(Entry entry, Proof proof, long asOf) {
    Optional<Entry> former;
    boolean superseded;
    memoryLock.lock();
    try {
      if (!isCurrent(entry, asOf)) {
        return;
      }
      former = memory.entry(entry.id());
      former.ifPresent(held -> memory.replace(held.withFields(entry.fields()).provenBy(proof)));
      superseded = supersede(memory, entry.key(), entry.body(), proof.principal(), proof.at());
    } finally {
      memoryLock.unlock();
    }
    if (superseded) {
      writeBehind(
          0, tier -> supersede(tier, entry.key(), entry.body(), proof.principal(), proof.at()));
    }
    if (former.isPresent() && hourOf(former.get().lastProvenAt()).isBefore(hourOf(proof.at()))) {
      writeBehind(0, tier -> tier.used(entry.id()));
    }
  }

  private static Instant hourOf(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }

  /**
   * Notes that GitHub refuses the principal what it vouched for before: its proofs are taken from
   * every entry of the request. Waits for the disk, see {@link #supersede(RequestKey, BodyDigest,
   * Principal)}.
   */
  public void withdraw(RequestKey key, Principal principal) {
    supersede(key, null, principal);
  }

  /**
   * Notes that a principal saw another body: its proofs are taken from the other entries of the
   * request, and one of them that is left without any proof is removed. Waits for the disk, so that
   * no later {@link #lookup} finds what was withdrawn.
   *
   * @param seen the body that GitHub sent, whether it is stored or not; null for none
   */
  public void supersede(RequestKey key, @Nullable BodyDigest seen, Principal principal) {
    memoryLock.lock();
    try {
      supersede(memory, key, seen, principal, Instant.MAX);
    } finally {
      memoryLock.unlock();
    }
    flush(FLUSH_LIMIT);
    onDisk(tier -> supersede(tier, key, seen, principal, Instant.MAX));
  }

  /** Leaves proofs later than {@code seenAt}, for answers may overtake each other. */
  private boolean supersede(
      Tier tier, RequestKey key, @Nullable BodyDigest seen, Principal principal, Instant seenAt) {
    boolean changed = false;
    for (Entry entry : tier.find(key.resource())) {
      if (entry.key().equals(key)
          && !entry.body().equals(seen)
          && entry.proofOf(principal).filter(proof -> !proof.at().isAfter(seenAt)).isPresent()) {
        withdraw(tier, entry.disprovenFor(principal));
        changed = true;
      }
    }
    return changed;
  }

  private void withdraw(Tier tier, Entry disproven) {
    if (disproven.proofs().isEmpty()) {
      tier.remove(disproven.id());
    } else if (tier == memory) {
      memory.replace(disproven);
    } else {
      tier.body(disproven).ifPresent(body -> tier.store(disproven, body));
    }
  }

  private interface TierAction {
    void on(Tier tier);
  }

  private void writeBehind(long bytes, TierAction write) {
    if (disk == null) {
      return;
    }
    if (!writes.offer(bytes, () -> onDisk(write))) {
      events.count(disk.name(), TierEvents.Event.DROPPED);
    }
  }

  private void onDisk(TierAction action) {
    if (disk != null) {
      diskLock.lock();
      try {
        action.on(disk);
      } finally {
        diskLock.unlock();
      }
    }
  }

  /**
   * Drops what is stored of the path and of every path above it, for every principal, as a write
   * through the node makes it doubtful (RFC 9111 section 4.4).
   */
  public void invalidate(String host, String path) {
    List<String> paths = Invalidations.withParents(path);
    dropEverywhere(
        () -> invalidations.add(host, path),
        tier -> paths.forEach(dropped -> tier.invalidate(host, dropped)));
  }

  /** Drops everything, on disk too. */
  public void clear() {
    dropEverywhere(invalidations::addAll, Tier::clear);
  }

  private void dropEverywhere(Runnable note, TierAction drop) {
    dropFromMemory(note, drop);
    onDisk(drop);
    further.forEach(drop::on);
    // A lookup that began after the first note may still have found on disk what was to go.
    dropFromMemory(note, drop);
  }

  private void dropFromMemory(Runnable note, TierAction drop) {
    memoryLock.lock();
    try {
      note.run();
      drop.on(memory);
    } finally {
      memoryLock.unlock();
    }
  }

  /**
   * Waits until what was stored is on disk.
   *
   * @return whether it is, within {@code limit}
   */
  public boolean flush(Duration limit) {
    return writes.flush(limit);
  }

  /** Brings what was stored to disk, for at most ten seconds; what is left then is counted. */
  @Override
  public void close() {
    int givenUp = writes.close(CLOSE_LIMIT);
    if (disk != null) {
      for (int i = 0; i < givenUp; i++) {
        events.count(disk.name(), TierEvents.Event.DROPPED);
      }
    }
  }
}
