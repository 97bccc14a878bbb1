package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a run's {@code invocations}: whether they succeeded, and which files were extracted. */
final class InvocationsReader {
  /** Of every language: {@code java/diagnostics/…}. */
  private static final String EXTRACTED = "/diagnostics/successfully-extracted-files";

  /** {@code cli/expected-extracted-files/java}; {@code js/baseline/expected-…} in older files. */
  private static final String EXPECTED = "/expected-extracted-files";

  private final JsonCursor json;
  private final Kept kept;
  private final List<Place> extracted = new ArrayList<>();
  private final List<Place> expected = new ArrayList<>();
  private int invocations;
  private int successes;

  InvocationsReader(JsonCursor json, Kept kept) {
    this.json = json;
    this.kept = kept;
  }

  void read() throws IOException {
    json.array(
        () -> {
          invocations++;
          json.object(this::member);
        });
  }

  boolean succeeded() {
    return invocations > 0 && successes == invocations;
  }

  Optional<Extraction> extraction(List<String> artifacts) {
    if (extracted.isEmpty() && expected.isEmpty()) {
      return Optional.empty();
    }
    Set<String> seen = paths(extracted, artifacts);
    Set<String> missed = paths(expected, artifacts);
    int all = missed.size();
    missed.removeAll(seen);
    return Optional.of(new Extraction(seen.size(), all, missed.size()));
  }

  private static Set<String> paths(List<Place> places, List<String> artifacts) {
    Set<String> paths = new HashSet<>();
    places.forEach(place -> paths.add(place.path(artifacts)));
    paths.remove("");
    return paths;
  }

  private boolean member(String name) throws IOException {
    switch (name) {
      case "executionSuccessful" -> successes += Boolean.TRUE.equals(json.flag()) ? 1 : 0;
      case "toolExecutionNotifications" -> json.array(() -> new Notification().read());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Reads one notification: CodeQL writes one for each file. */
  private final class Notification {
    private final List<Place> places = new ArrayList<>(1);
    private @Nullable String id;

    void read() throws IOException {
      json.object(this::member);
      if (id == null) {
        return;
      }
      if (id.endsWith(EXTRACTED)) {
        extracted.addAll(places);
      } else if (id.contains(EXPECTED)) {
        expected.addAll(places);
      }
    }

    private boolean member(String name) throws IOException {
      switch (name) {
        case "descriptor" -> json.object(this::ofDescriptor);
        case "locations" -> json.array(this::location);
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean ofDescriptor(String name) throws IOException {
      if (!name.equals("id")) {
        return false;
      }
      id = json.text();
      return true;
    }

    private void location() throws IOException {
      kept.charge(Kept.RECORD_BYTES);
      places.add(Place.ofLocation(json, kept));
    }
  }
}
