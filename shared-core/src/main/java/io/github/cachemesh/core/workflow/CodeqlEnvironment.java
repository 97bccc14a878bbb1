package io.github.cachemesh.core.workflow;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a job's environment variables mean for a scan's result. */
public sealed interface CodeqlEnvironment {

  /**
   * Nothing but variables whose meaning is known.
   *
   * @param deciding those that decide a result; they belong into its key
   */
  record Known(SortedMap<String, String> deciding) implements CodeqlEnvironment {
    public Known {
      deciding = Collections.unmodifiableSortedMap(new TreeMap<>(deciding));
    }
  }

  /**
   * A variable makes the result one that cannot be reused.
   *
   * @param variable its name
   */
  record Unfit(String variable, String why) implements CodeqlEnvironment {}

  /** Judges all variables of a process; values are neither logged nor quoted. */
  static CodeqlEnvironment of(Map<String, String> environment) {
    return EnvironmentRules.judge(environment);
  }
}
