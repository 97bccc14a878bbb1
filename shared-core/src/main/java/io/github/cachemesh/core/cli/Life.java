package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.Expiry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a value lives, as a person says it: {@code 90d}, {@code 12h}, a moment, {@code never}.
 */
final class Life {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,6})([mhd])");

  private Life() {}

  static Expiry parse(String text, Instant now) {
    try {
      Matcher amount = AMOUNT.matcher(text);
      Expiry expiry = amount.matches() ? Expiry.after(now, duration(amount)) : Expiry.parse(text);
      if (expiry.isPast(now)) {
        throw new IllegalArgumentException("that moment is past");
      }
      return expiry;
    } catch (DateTimeException _) {
      throw CommandFailure.usage(
          "--expires %s: write 90d, 12h, 30m, a moment as 2027-01-31T00:00:00Z, or never"
              .formatted(text));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--expires %s: %s".formatted(text, e.getMessage()));
    }
  }

  private static Duration duration(Matcher amount) {
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
