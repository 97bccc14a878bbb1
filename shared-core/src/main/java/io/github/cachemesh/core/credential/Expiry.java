package io.github.cachemesh.core.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Until when a value is handed out. Immutable. */
public sealed interface Expiry {
  /** The longest life that can be asked for: ten years. */
  Duration MAX_LIFE = Duration.ofDays(3653);

  /** The end of the year 9999. */
  long LAST_SECOND = 253_402_300_799L;

  /**
   * Not from this moment on.
   *
   * @param at in whole seconds, of the years 1970 to 9999
   */
  record At(Instant at) implements Expiry {
    /**
     * Cuts off what is less than a second.
     *
     * @throws IllegalArgumentException when it is of another year
     */
    public At {
      at = whole(at);
    }

    @Override
    public String toString() {
      return at.toString();
    }
  }

  /** For as long as it is there. Somebody has to say so: nothing else means it. */
  record Never() implements Expiry {
    @Override
    public String toString() {
      return NEVER;
    }
  }

  /** The text of {@link Never}. */
  String NEVER = "never";

  /**
   * So long after a moment.
   *
   * @throws IllegalArgumentException when the life is shorter than a second or longer than {@link
   *     #MAX_LIFE}
   */
  static Expiry after(Instant from, Duration life) {
    if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(MAX_LIFE) > 0) {
      throw new IllegalArgumentException(
          "a value lives from one second to %d days".formatted(MAX_LIFE.toDays()));
    }
    return new At(from.plus(life));
  }

  /**
   * Reads the text of an expiry, a moment as ISO 8601 writes it in UTC or {@value #NEVER}.
   *
   * @throws java.time.DateTimeException when it is neither
   * @throws IllegalArgumentException when it is a moment of another year than 1970 to 9999
   */
  static Expiry parse(String text) {
    return text.equals(NEVER) ? new Never() : new At(Instant.parse(text));
  }

  /**
   * A moment as files have them: its seconds.
   *
   * @throws IllegalArgumentException when it is not of the years 1970 to 9999
   */
  static Instant whole(Instant moment) {
    if (moment.isBefore(Instant.EPOCH) || moment.getEpochSecond() > LAST_SECOND) {
      throw new IllegalArgumentException("a moment is of the years 1970 to 9999");
    }
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether it has come. */
  default boolean isPast(Instant now) {
    return this instanceof At(Instant at) && !now.isBefore(at);
  }
}
