package io.github.cachemesh.actions;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything an action may know of and say to its runner. It depends on nothing but what it is made
 * from, so a test makes one from a map and a stream.
 *
 * @param arguments what action.yml's {@code runs.args} adds after the phase
 */
public record ActionContext(
    ActionMetadata metadata,
    List<String> arguments,
    RunnerEnvironment environment,
    Inputs inputs,
    Outputs outputs,
    State state,
    JobEnvironment jobEnvironment,
    Commands commands,
    Summary summary,
    OidcTokens oidcTokens) {

  /**
   * Makes the context of one process.
   *
   * @param env the process environment as the runner made it
   * @param out where the runner reads commands from; written in UTF-8 by whoever made it
   * @param random unpredictable to other steps: it names the delimiters in the runner's files
   */
  public static ActionContext of(
      ActionMetadata metadata,
      List<String> arguments,
      Map<String, String> env,
      PrintStream out,
      RandomGenerator random) {
    RunnerEnvironment environment = new RunnerEnvironment(env);
    Map<String, String> variables = environment.here();
    Commands commands = new Commands(out, environment.kind());
    JobEnvironment jobEnvironment = new JobEnvironment(variables, random);
    return new ActionContext(
        metadata,
        List.copyOf(arguments),
        environment,
        new Inputs(metadata, variables),
        new Outputs(variables, random),
        new State(metadata.name(), variables, environment.kind(), jobEnvironment, random),
        jobEnvironment,
        commands,
        new Summary(environment),
        OidcTokens.of(variables, commands));
  }

  /** Names the action only: the environment holds tokens. */
  @Override
  public String toString() {
    return "ActionContext[" + metadata.name() + "]";
  }
}
