package io.github.cachemesh.testkit.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container that a job asks for in {@code container:} or {@code services:}. Its image must be
 * there already: unlike the runner, the emulator does not pull it.
 *
 * @param env values may not hold expressions
 * @param options of {@code docker create}, one word each, as {@code options:} and {@code ports:}
 *     give them
 * @param command what a service runs instead of its image's command; a job's container only waits
 */
public record JobContainer(
    String image, Map<String, String> env, List<String> options, List<String> command) {

  public JobContainer {
    env = Map.copyOf(env);
    options = List.copyOf(options);
    command = List.copyOf(command);
  }

  public static JobContainer of(String image) {
    return new JobContainer(image, Map.of(), List.of(), List.of());
  }

  public JobContainer withEnv(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(env);
    more.put(variable, value);
    return new JobContainer(image, more, options, command);
  }

  public JobContainer withOptions(String... words) {
    List<String> more = new ArrayList<>(options);
    more.addAll(List.of(words));
    return new JobContainer(image, env, more, command);
  }

  /** Has its processes run as that user, by name or number. */
  public JobContainer withUser(String user) {
    return withOptions("--user", user);
  }

  public JobContainer withCommand(String... words) {
    return new JobContainer(image, env, options, List.of(words));
  }
}
