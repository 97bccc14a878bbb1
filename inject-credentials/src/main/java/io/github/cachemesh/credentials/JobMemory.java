package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.State;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What main leaves for post, before it writes what post has to take back. There are names in it and
 * nothing secret: the runner shows it.
 *
 * @param folder of the files; empty where there can be none
 * @param variables that later steps have
 * @param lasting credentials that nothing ends with the job
 */
record JobMemory(Optional<String> folder, List<String> variables, List<String> lasting) {
  private static final String KEY = "injected";

  JobMemory {
    variables = List.copyOf(variables);
    lasting = List.copyOf(lasting);
  }

  /** Saves it in place of what was saved before. */
  void save(State state, String step) {
    state.save(
        key(step),
        JsonMapper.shared().writeValueAsString(new Json(folder.orElse(""), variables, lasting)));
  }

  /**
   * What this very step saved: act hands the state of one use of an action to another, so each has
   * a name of its own.
   *
   * @return empty when main wrote nothing, or did not get so far
   * @throws IllegalStateException when it is not what main saved
   */
  static Optional<JobMemory> of(State state, String step) {
    return state.get(key(step)).filter(json -> !json.isEmpty()).map(JobMemory::read);
  }

  private static JobMemory read(String text) {
    try {
      Json json = JsonMapper.shared().readValue(text, Json.class);
      boolean names =
          json.variables().stream().allMatch(name -> VariableName.problem(name).isEmpty());
      if (names) {
        return new JobMemory(
            Optional.of(json.folder()).filter(name -> !name.isEmpty()),
            json.variables(),
            json.lasting());
      }
    } catch (JacksonException | NullPointerException _) {
      // Reported below.
    }
    throw new IllegalStateException("the state is not what main saved");
  }

  private static String key(String step) {
    return KEY + "-" + step.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /** As it is kept. */
  private record Json(String folder, List<String> variables, List<String> lasting) {}
}
