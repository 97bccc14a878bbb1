package io.github.cachemesh.testkit.clients;

import java.util.function.Function;

/**
 * A client, or why there is none here. Tests skip with that reason: {@code
 * assumeTrue(client.isAvailable(), client.reason())}.
 *
 * @param <T> the client
 */
public sealed interface Availability<T> {

  /** The client is there. */
  record Available<T>(T client) implements Availability<T> {}

  /** The client is not there and could not be installed. */
  record Missing<T>(String why) implements Availability<T> {}

  /** Whether {@link #get} gives a client. */
  default boolean isAvailable() {
    return this instanceof Available;
  }

  /** The same availability of something made from the client. */
  default <R> Availability<R> map(Function<? super T, ? extends R> made) {
    return switch (this) {
      case Available<T>(T client) -> new Available<>(made.apply(client));
      case Missing<T>(String why) -> new Missing<>(why);
    };
  }

  /** Why there is no client; empty where there is one. */
  default String reason() {
    return this instanceof Missing<T>(String why) ? why : "";
  }

  /**
   * The client.
   *
   * @throws IllegalStateException with the reason where there is none
   */
  default T get() {
    return switch (this) {
      case Available<T>(T client) -> client;
      case Missing<T>(String why) -> throw new IllegalStateException(why);
    };
  }
}
