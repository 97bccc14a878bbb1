package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a location points.
 *
 * @param path null if it has no URI
 * @param artifact index among the run's artifacts, negative if it has none
 * @param startLine 0 if it has none
 */
record Place(@Nullable String path, int artifact, int startLine) {
  static final Place NOWHERE = new Place(null, -1, 0);

  /**
   * Its path; without a URI that of its artifact, and empty if that is none.
   *
   * @param artifacts of the run
   */
  String path(List<String> artifacts) {
    if (path != null) {
      return path;
    }
    return artifact >= 0 && artifact < artifacts.size() ? artifacts.get(artifact) : "";
  }

  /** Reads a {@code location}. */
  static Place ofLocation(JsonCursor json, Kept kept) throws IOException {
    Reader reader = new Reader(json, kept);
    json.object(reader::ofLocation);
    return reader.place();
  }

  /** Reads an {@code artifact}. */
  static Place ofArtifact(JsonCursor json, Kept kept) throws IOException {
    Reader reader = new Reader(json, kept);
    json.object(reader::ofArtifact);
    return reader.place();
  }

  private static final class Reader {
    private final JsonCursor json;
    private final Kept kept;
    private @Nullable String path;
    private int artifact = NOWHERE.artifact;
    private int startLine;

    Reader(JsonCursor json, Kept kept) {
      this.json = json;
      this.kept = kept;
    }

    Place place() {
      return new Place(path, artifact, startLine);
    }

    boolean ofArtifact(String name) throws IOException {
      if (!name.equals("location")) {
        return false;
      }
      json.object(this::ofArtifactLocation);
      return true;
    }

    boolean ofLocation(String name) throws IOException {
      if (!name.equals("physicalLocation")) {
        return false;
      }
      json.object(this::ofPhysicalLocation);
      return true;
    }

    private boolean ofPhysicalLocation(String name) throws IOException {
      switch (name) {
        case "artifactLocation" -> json.object(this::ofArtifactLocation);
        case "region" -> json.object(this::ofRegion);
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean ofArtifactLocation(String name) throws IOException {
      switch (name) {
        case "uri" -> {
          @Nullable String uri = json.text();
          path = uri == null ? null : kept.string(SarifPath.of(uri));
        }
        case "index" -> {
          @Nullable Integer index = json.number();
          artifact = index == null ? NOWHERE.artifact : index;
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean ofRegion(String name) throws IOException {
      if (!name.equals("startLine")) {
        return false;
      }
      @Nullable Integer line = json.number();
      if (line != null && line < 1) {
        throw json.wrongType("a line from 1");
      }
      startLine = line == null ? 0 : line;
      return true;
    }
  }
}
