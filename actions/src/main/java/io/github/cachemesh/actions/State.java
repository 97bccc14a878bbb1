package io.github.cachemesh.actions;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What main leaves for post of the same action. It is kept in the clear; it holds no secrets.
 *
 * <p>act does not hand state to the post of a container action, so there it travels through the
 * job's environment too, under a name that carries the action's.
 */
public final class State {
  private final String actPrefix;
  private final Map<String, String> env;
  private final boolean act;
  private final JobEnvironment jobEnvironment;
  private final EnvironmentFile file;

  State(
      String actionName,
      Map<String, String> env,
      RunnerKind kind,
      JobEnvironment jobEnvironment,
      RandomGenerator random) {
    this.actPrefix =
        "ACTION_STATE_" + actionName.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_") + "_";
    this.env = env;
    this.act = kind instanceof RunnerKind.Act || kind instanceof RunnerKind.ActHost;
    this.jobEnvironment = jobEnvironment;
    this.file = new EnvironmentFile("GITHUB_STATE", env, random);
  }

  /**
   * Saves a value for post.
   *
   * @throws IllegalArgumentException when the name is none or the value cannot be written as UTF-8
   * @throws ActionFailure when the runner's file cannot be written
   */
  public void save(String name, String value) {
    file.put(name, value);
    if (act) {
      jobEnvironment.export(actPrefix + name, value);
    }
  }

  /** What main saved under that name; empty in main itself. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(env.get("STATE_" + name))
        .or(() -> act ? Optional.ofNullable(env.get(actPrefix + name)) : Optional.empty());
  }
}
