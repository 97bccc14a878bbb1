package io.github.cachemesh.core.codeql;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What comes next to a scan that is not stored itself; pure. */
final class Nearest {
  private Nearest() {}

  /** The first of each kind, in the order given. */
  static StoreLookup among(
      List<StoredScan> stored, Cacheability.Cacheable scan, Optional<Partial> pullRequest) {
    Optional<String> projected = scan.projected().map(ScanKey::hex);
    return first(
            stored,
            s ->
                projected.isPresent()
                    && s.projectedKey().equals(projected)
                    && (s.partial().isEmpty() || s.partial().equals(pullRequest)))
        .<StoreLookup>map(found -> new StoreLookup.Found(found, true))
        .or(
            () ->
                first(stored, s -> s.key().equals(scan.key()))
                    .map(found -> new StoreLookup.Found(found, false)))
        .orElseGet(() -> new StoreLookup.Absent(nearest(stored, scan.key())));
  }

  private static Optional<StoredScan> first(
      List<StoredScan> stored, Predicate<StoredScan> condition) {
    return stored.stream().filter(condition).findFirst();
  }

  /** Other categories' scans say nothing, unless that is all that differs. */
  private static Optional<ScanKey> nearest(List<StoredScan> stored, ScanKey key) {
    return stored.stream()
        .map(StoredScan::key)
        .filter(
            other ->
                other.value(Component.CATEGORY).equals(key.value(Component.CATEGORY))
                    || key.differences(other).equals(List.of(Component.CATEGORY)))
        .min(Comparator.comparingInt(other -> key.differences(other).size()));
  }
}
