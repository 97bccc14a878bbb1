package io.github.cachemesh.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one key of a configuration file on the record component that holds its value. The key's
 * name is the component's name in snake case and its type is the component's type; reading,
 * messages, and the JSON schemas all follow from this declaration.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /** What the key is for, one sentence without the full stop. */
  String value();

  /** The key's name, where it is not the component's. */
  String key() default "";

  /**
   * The default, written as in the environment: items of lists and maps are separated by commas.
   * Empty means an empty list or map; for any other type that the key may be left unset (null).
   */
  String preset() default "";

  /** The least number, number of seconds, or whatever {@link #unit} says. */
  long min() default 0;

  /** The greatest number. */
  long max() default Long.MAX_VALUE;

  /** The unit of a duration's number. */
  Unit unit() default Unit.SECONDS;

  /** The words allowed for a text or for a list's items; empty for any. */
  String[] choices() default {};

  /** What a text, each item of a list, or each name of a map must match; empty for any. */
  String pattern() default "";

  /** Says in words what {@link #pattern} allows. */
  String allowed() default "";

  /** The environment variable that sets this key; empty for none. */
  String env() default "";

  /** The action input, and command-line option, that sets this key; empty for none. */
  String input() default "";

  /** Units of durations. */
  enum Unit {
    SECONDS,
    MINUTES
  }
}
