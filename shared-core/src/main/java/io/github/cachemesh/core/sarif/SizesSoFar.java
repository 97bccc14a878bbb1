package io.github.cachemesh.core.sarif;

/** Counts for {@link RunSizes} while a run is read. */
final class SizesSoFar {
  private int extensions;
  private int rules;
  private int tags;
  private int locations;
  private int threadFlowLocations;

  void extension() {
    extensions++;
  }

  void rule(int tagsOfRule) {
    rules++;
    tags = Math.max(tags, tagsOfRule);
  }

  void result(int locationsOfResult, int flowLocationsOfResult) {
    locations = Math.max(locations, locationsOfResult);
    threadFlowLocations = Math.max(threadFlowLocations, flowLocationsOfResult);
  }

  RunSizes total() {
    return new RunSizes(extensions, rules, tags, locations, threadFlowLocations);
  }
}
