package io.github.cachemesh.testkit.github;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which requests go wrong, and how: each rule names paths and how many requests it strikes.
 * Thread-safe; at most {@value #MAX_RULES} rules wait at once.
 */
public final class Faults {
  static final int MAX_RULES = 1_000;

  private final List<Rule> rules = new ArrayList<>();

  Faults() {}

  /**
   * Lets the next requests go wrong whose path (with query) matches.
   *
   * @param pathPattern a regular expression that the whole path and query must match
   * @param times how many requests are struck, at least 1
   * @throws IllegalStateException when {@value #MAX_RULES} rules wait already
   */
  public synchronized void inject(String pathPattern, Fault fault, int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, not " + times);
    }
    if (rules.size() == MAX_RULES) {
      throw new IllegalStateException(MAX_RULES + " fault rules wait already; clear() them first");
    }
    rules.add(new Rule(Pattern.compile(pathPattern), fault, times));
  }

  /** Withdraws every rule. */
  public synchronized void clear() {
    rules.clear();
  }

  synchronized Optional<Fault> take(String target) {
    Iterator<Rule> waiting = rules.iterator();
    while (waiting.hasNext()) {
      Rule rule = waiting.next();
      if (rule.paths.matcher(target).matches()) {
        rule.left--;
        if (rule.left == 0) {
          waiting.remove();
        }
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  private static final class Rule {
    private final Pattern paths;
    private final Fault fault;
    private int left;

    Rule(Pattern paths, Fault fault, int left) {
      this.paths = paths;
      this.fault = fault;
      this.left = left;
    }
  }
}
