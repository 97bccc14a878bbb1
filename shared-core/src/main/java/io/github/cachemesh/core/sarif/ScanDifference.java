package io.github.cachemesh.core.sarif;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results that two scans do not share, as multisets of (rule, path, fingerprint) over all runs:
 * two equal results are matched by two. Sorted.
 */
public record ScanDifference(List<ResultIdentity> onlyInFirst, List<ResultIdentity> onlyInSecond) {
  public ScanDifference {
    onlyInFirst = List.copyOf(onlyInFirst);
    onlyInSecond = List.copyOf(onlyInSecond);
  }

  public static ScanDifference between(SarifScan first, SarifScan second) {
    Map<ResultIdentity, Integer> surplus = new TreeMap<>(ResultIdentity.ORDER);
    first.results().forEach(result -> surplus.merge(ResultIdentity.of(result), 1, Integer::sum));
    second.results().forEach(result -> surplus.merge(ResultIdentity.of(result), -1, Integer::sum));
    List<ResultIdentity> onlyInFirst = new ArrayList<>();
    List<ResultIdentity> onlyInSecond = new ArrayList<>();
    surplus.forEach(
        (result, count) ->
            (count > 0 ? onlyInFirst : onlyInSecond)
                .addAll(Collections.nCopies(Math.abs(count), result)));
    return new ScanDifference(onlyInFirst, onlyInSecond);
  }

  public boolean isEmpty() {
    return onlyInFirst.isEmpty() && onlyInSecond.isEmpty();
  }
}
