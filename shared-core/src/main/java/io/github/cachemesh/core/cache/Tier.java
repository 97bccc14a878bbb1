package io.github.cachemesh.core.cache;

import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.ResourceKey;
import java.util.List;
import java.util.Optional;

/**
 * A place where entries are kept. A cache fails open: what a tier cannot do is a miss and a counted
 * event, so none of these methods throws for a damaged file, a full disk or a lost peer.
 *
 * <p>Thread-safe. A tier of this node's own, memory or disk, keeps of one resource no more than
 * {@link Variants#MAX_PER_RESOURCE} entries and {@link Variants#MAX_PER_MEDIA_TYPE} of one media
 * type; the one that was proven longest ago goes first.
 */
public interface Tier {
  /** A word for logs, statistics and {@code Cache-Status}. */
  String name();

  /** Every entry of the resource, in any media type, the latest proven first; may block. */
  List<Entry> find(ResourceKey resource);

  /** The body, held to its digest; may block. Shared with other callers, who must not change it. */
  Optional<byte[]> body(Entry entry);

  /**
   * Keeps an entry in place of one of equal id; when this returns, {@link #find} gives it until the
   * tier's bounds make it go. May block.
   *
   * @param body belongs to the tier from now on
   */
  void store(Entry entry, byte[] body);

  /** Told now and then that a nearer tier answers with an entry, which is in use thus. */
  default void used(Entry.Id id) {}

  /** Drops one entry. */
  void remove(Entry.Id id);

  /** Drops every entry of that path, whatever its query, media type and API version. */
  void invalidate(String host, String path);

  /** Drops every entry. */
  void clear();
}
