package io.github.cachemesh.core.sarif;

import io.github.cachemesh.core.sarif.FingerprintMismatch.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds the results of a scan to the files they speak of. */
public final class Fingerprints {
  private static final int FIRST_LINE = 1;

  private Fingerprints() {}

  /**
   * Recomputes every {@code primaryLocationLineHash}: each file is read once, and each result that
   * cannot be verified is in the list. A result without a line has the hash of the first, as GitHub
   * computes it for alerts of a whole file.
   */
  public static List<FingerprintMismatch> mismatches(SarifScan scan, Sources sources)
      throws IOException {
    Map<String, List<SarifResult>> byPath =
        scan.results()
            .collect(Collectors.groupingBy(SarifResult::path, TreeMap::new, Collectors.toList()));
    List<FingerprintMismatch> mismatches = new ArrayList<>();
    for (var file : byPath.entrySet()) {
      mismatches.addAll(ofFile(file.getKey(), file.getValue(), sources));
    }
    return mismatches;
  }

  private static Collection<FingerprintMismatch> ofFile(
      String path, List<SarifResult> results, Sources sources) throws IOException {
    Optional<InputStream> source = path.isEmpty() ? Optional.empty() : sources.open(path);
    if (source.isEmpty()) {
      return all(results, Kind.NO_FILE);
    }
    try (InputStream text = source.get()) {
      Optional<LineHashes> hashes = LineHashes.of(text);
      return hashes.isEmpty() ? all(results, Kind.TOO_LONG) : differing(results, hashes.get());
    }
  }

  private static List<FingerprintMismatch> all(List<SarifResult> results, Kind kind) {
    return results.stream().map(result -> FingerprintMismatch.of(result, kind, null)).toList();
  }

  private static List<FingerprintMismatch> differing(List<SarifResult> results, LineHashes hashes) {
    NavigableMap<Integer, LineHash> computed =
        hashes.of(results.stream().map(Fingerprints::line).collect(Collectors.toSet()));
    List<FingerprintMismatch> differing = new ArrayList<>();
    for (SarifResult result : results) {
      @Nullable LineHash hash = computed.get(line(result));
      if (hash == null) {
        differing.add(FingerprintMismatch.of(result, Kind.NO_LINE, null));
      } else if (result.fingerprint() == null) {
        differing.add(FingerprintMismatch.of(result, Kind.NOT_RECORDED, hash));
      } else if (!hash.equals(result.fingerprint())) {
        differing.add(FingerprintMismatch.of(result, Kind.DIFFERENT, hash));
      }
    }
    return differing;
  }

  private static int line(SarifResult result) {
    return Math.max(FIRST_LINE, result.startLine());
  }
}
