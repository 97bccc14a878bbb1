package io.github.cachemesh.core.cache;

import io.github.cachemesh.core.http.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which entries of one resource are too many, so that no resource can crowd out the others. */
final class Variants {
  static final int MAX_PER_MEDIA_TYPE = 8;
  static final int MAX_PER_RESOURCE = 32;

  static final Comparator<Entry> LATEST_PROVEN_FIRST =
      Comparator.comparing(Entry::lastProvenAt).reversed();

  private Variants() {}

  /**
   * The ids that have to go.
   *
   * @param ofResource all entries of one resource
   * @param justStored stays, however old its proof
   */
  static List<Entry.Id> surplus(List<Entry> ofResource, Entry.Id justStored) {
    List<Entry> inOrder = new ArrayList<>(ofResource);
    inOrder.sort(
        Comparator.comparing((Entry entry) -> !entry.id().equals(justStored))
            .thenComparing(LATEST_PROVEN_FIRST));
    Map<String, Integer> byMediaType = new HashMap<>();
    List<Entry.Id> surplus = new ArrayList<>();
    int kept = 0;
    for (Entry entry : inOrder) {
      int ofMediaType = byMediaType.getOrDefault(entry.key().accept(), 0);
      if (kept == MAX_PER_RESOURCE || ofMediaType == MAX_PER_MEDIA_TYPE) {
        surplus.add(entry.id());
      } else {
        kept++;
        byMediaType.put(entry.key().accept(), ofMediaType + 1);
      }
    }
    return surplus;
  }
}
