package io.github.cachemesh.setup;

import io.github.cachemesh.actions.State;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What main leaves for post: which node the job uses. How that is reached is found anew, and its
 * admin token stays in the node's own state file.
 */
final class JobMemory {
  private static final String NODE = "node";
  private static final String CACHE_DIR = "cache-dir";

  private JobMemory() {}

  static void save(State state, JobNode node) {
    state.save(CACHE_DIR, node.lease().cacheDir());
    state.save(NODE, node.lease().node());
  }

  /** The node's id; empty where main came to none. */
  static Optional<String> node(State state) {
    return state.get(NODE);
  }

  /** The cache folder as the node sees it. */
  static Path cacheDir(State state) {
    return Path.of(state.get(CACHE_DIR).orElse(""));
  }
}
