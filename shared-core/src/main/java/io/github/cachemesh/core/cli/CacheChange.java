package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.cache.MemoryTier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A change to a cache folder: made by every node that runs on it, for each holds entries in memory;
 * on disk where there is none.
 */
final class CacheChange {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path folder;
  private final InstantSource clock;

  interface OnNode {
    NodeClient.Answer ask(NodeClient node) throws IOException;
  }

  interface OnDisk {
    void change(TieredCache cache);
  }

  CacheChange(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Says who made it. */
  String make(OnNode onNode, OnDisk onDisk) throws IOException {
    List<NodeState> nodes = new NodeFolder(folder).running();
    for (NodeState node : nodes) {
      NodeOptions.body(onNode.ask(NodeClient.of(node, LIMIT)));
    }
    if (!nodes.isEmpty()) {
      return nodes.size() == 1
          ? "by node " + nodes.getFirst().id()
          : "by " + nodes.size() + " nodes";
    }
    try (TieredCache cache =
        new TieredCache(
            new MemoryTier(1, 1, TierEvents.NONE),
            new StoredEntries(folder, clock).disk(),
            List.of(),
            TierEvents.NONE)) {
      onDisk.change(cache);
    }
    return "on disk";
  }
}
