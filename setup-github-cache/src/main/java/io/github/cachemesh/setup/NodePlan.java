package io.github.cachemesh.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a node is to be like, wherever it runs.
 *
 * @param fingerprint of all the rest: nodes with the same one are alike
 * @param arguments of {@code serve}, besides those that name files
 * @param env the settings and ways out of the node's environment; holds no token of the job
 * @param files by the names that they get in the {@link NodeHome}
 */
record NodePlan(
    String fingerprint,
    List<String> arguments,
    Map<String, String> env,
    Map<String, String> files) {

  static final String CACHE_CONFIG = "cache-config.yml";

  /** Where {@code serve} looks for it when told of {@link #CACHE_CONFIG}. */
  static final String P2P_CONFIG = "p2p-config.yml";

  static final String CERTIFICATES = "ca.pem";

  NodePlan {
    arguments = List.copyOf(arguments);
    env = Map.copyOf(env);
    files = Map.copyOf(files);
  }

  /**
   * The command line after {@code cachemesh}.
   *
   * @param lease of the runner that has it started: it holds the node until it has asked for more
   */
  List<String> serveArguments(NodeHome home, RunnerIdentity lease) {
    List<String> all = new ArrayList<>(List.of("serve"));
    all.addAll(arguments);
    addFile(all, "--config", CACHE_CONFIG, home);
    addFile(all, "--ca-file", CERTIFICATES, home);
    all.addAll(
        List.of(
            "--cache-dir",
            home.cacheDir().toString(),
            "--node-id",
            home.id(),
            "--lease",
            lease.value(),
            "--until-unused"));
    return all;
  }

  private void addFile(List<String> all, String option, String name, NodeHome home) {
    if (files.containsKey(name)) {
      all.addAll(List.of(option, home.file(name).toString()));
    }
  }

  @Override
  public String toString() {
    return "NodePlan[" + fingerprint + "]";
  }
}
