package io.github.cachemesh.setup;

import io.github.cachemesh.actions.State;
import io.github.cachemesh.core.stats.StatisticsReport;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What main leaves for post. Only where the node is to be found: its admin token stays in the
 * node's own state file.
 *
 * @param before what the node had counted when the job came
 */
record JobMemory(NodeHome home, Path socket, StatisticsReport before) {
  private static final String NODE = "node";
  private static final String CACHE_DIR = "cache-dir";
  private static final String SOCKET = "socket";
  private static final String BEFORE = "statistics-before";

  static void save(State state, JobNode node, StatisticsReport before) {
    state.save(CACHE_DIR, node.home().cacheDir().toString());
    state.save(SOCKET, node.socket().toString());
    state.save(BEFORE, before.toJson());
    state.save(NODE, node.home().id());
  }

  /** Empty where main came to no node. */
  static Optional<JobMemory> of(State state) {
    Optional<String> node = state.get(NODE);
    Optional<String> cacheDir = state.get(CACHE_DIR);
    Optional<String> socket = state.get(SOCKET);
    Optional<String> before = state.get(BEFORE);
    if (node.isEmpty() || cacheDir.isEmpty() || socket.isEmpty() || before.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobMemory(
            new NodeHome(Path.of(cacheDir.get()), node.get()),
            Path.of(socket.get()),
            StatisticsReport.parse(before.get())));
  }
}
