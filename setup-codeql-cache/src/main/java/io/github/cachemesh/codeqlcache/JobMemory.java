package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.State;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What main leaves for post, which may find neither the defaults of inputs nor the environment as
 * main found it. It is kept in the clear: of the environment there is only what CodeQL reads.
 */
sealed interface JobMemory {
  /** Main left nothing to be done. */
  record Nothing() implements JobMemory {}

  /**
   * The scan was skipped.
   *
   * @param commit for which there must be an analysis at the end
   * @param categoryId {@code automationDetails.id} of what is to be uploaded
   */
  record Skipped(String commit, String categoryId) implements JobMemory {}

  /**
   * A scan runs whose result may be stored.
   *
   * @param key of the scan, in hexadecimal
   * @param ended when main ended, which is when the scan may have begun
   * @param observed whether a stored result would have stood for it
   */
  record Scanning(
      String key,
      String checkoutDigest,
      Optional<String> projectedDigest,
      Map<String, String> codeqlVariables,
      Map<String, String> properties,
      Instant ended,
      boolean observed)
      implements JobMemory {}

  /** Saves what was skipped. */
  static void save(State state, String step, Skipped skipped) {
    state.save("step", step);
    state.save("kind", "skipped");
    state.save("commit", skipped.commit());
    state.save("category-id", skipped.categoryId());
  }

  /** Saves what is to be scanned. */
  static void save(State state, String step, Scanning scanning) {
    state.save("step", step);
    state.save("kind", "scanning");
    state.save("key", scanning.key());
    state.save("checkout", scanning.checkoutDigest());
    state.save("projected", scanning.projectedDigest().orElse(""));
    state.save("variables", json(scanning.codeqlVariables()));
    state.save("properties", json(scanning.properties()));
    state.save("ended", scanning.ended().toString());
    state.save("observed", Boolean.toString(scanning.observed()));
  }

  /** What was saved by this very step: act hands the state of one use of an action to another. */
  static JobMemory of(State state, String step) {
    if (!text(state, "step").equals(step)) {
      return new Nothing();
    }
    return switch (text(state, "kind")) {
      case "skipped" -> new Skipped(text(state, "commit"), text(state, "category-id"));
      case "scanning" ->
          new Scanning(
              text(state, "key"),
              text(state, "checkout"),
              state.get("projected").filter(digest -> !digest.isEmpty()),
              map(text(state, "variables")),
              map(text(state, "properties")),
              Instant.parse(text(state, "ended")),
              Boolean.parseBoolean(text(state, "observed")));
      default -> new Nothing();
    };
  }

  private static String text(State state, String name) {
    return state.get(name).orElse("");
  }

  /** The variables that CodeQL and its action read. */
  static Map<String, String> codeqlVariables(Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().removeIf(name -> !isCodeqls(name));
    return variables;
  }

  /** The environment as main found it, but for variables that CodeQL does not read. */
  static Map<String, String> asFound(Scanning scanning, Map<String, String> now) {
    Map<String, String> found = new TreeMap<>(now);
    found.keySet().removeIf(JobMemory::isCodeqls);
    found.putAll(scanning.codeqlVariables());
    return found;
  }

  private static boolean isCodeqls(String variable) {
    return variable.startsWith("CODEQL_") || variable.startsWith("LGTM_");
  }

  private static String json(Map<String, String> map) {
    return JsonMapper.shared().writeValueAsString(map);
  }

  private static Map<String, String> map(String json) {
    try {
      return JsonMapper.shared().readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JacksonException e) {
      throw new IllegalStateException("the state is not what main saved", e);
    }
  }
}
