package io.github.cachemesh.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A node to be started.
 *
 * @param arguments of {@code serve}, besides those that say where to listen
 * @param env the whole environment of the node; holds no token of the job
 */
record NodePlan(NodeHome home, Path socket, List<String> arguments, Map<String, String> env) {
  NodePlan {
    arguments = List.copyOf(arguments);
    env = Map.copyOf(env);
  }

  /** The whole command line after {@code cachemesh}, without where to listen for TCP. */
  List<String> serveArguments() {
    List<String> all = new ArrayList<>(List.of("serve"));
    all.addAll(arguments);
    all.addAll(
        List.of(
            "--cache-dir",
            home.cacheDir().toString(),
            "--node-id",
            home.id(),
            "--socket",
            socket.toString(),
            "--log-file",
            home.log().toString(),
            "--until-unused"));
    return all;
  }

  @Override
  public String toString() {
    return "NodePlan[" + home.id() + "]";
  }
}
