package io.github.cachemesh.testkit.runner;

/**
 * When a step or job runs: an expression, with or without <code>${{ }}</code>. One without {@code
 * success()}, {@code failure()}, {@code always()} or {@code cancelled()} holds only after success.
 */
public record Condition(String expression) {
  public static final Condition SUCCESS = new Condition("success()");
  public static final Condition FAILURE = new Condition("failure()");
  public static final Condition ALWAYS = new Condition("always()");
}
