package io.github.cachemesh.core.config;

import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/**
 * An integer within a range.
 *
 * @param meaning what is counted, such as "an integer" or "seconds"
 * @param boxed makes the value out of the number
 */
record IntegerType(long min, long max, String meaning, LongFunction<Object> boxed)
    implements ScalarType {
  private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

  @Override
  public Object decode(Word word) throws RejectedValueException {
    if (word.kind() != Word.Kind.INTEGER && word.kind() != Word.Kind.UNTYPED) {
      throw new RejectedValueException(allowed(), word.kind());
    }
    if (!DIGITS.matcher(word.text()).matches()) {
      // An integer of more than 18 digits is out of every range.
      throw new RejectedValueException(allowed(), word.kind());
    }
    long number = Long.parseLong(word.text());
    if (number < min || number > max) {
      throw new RejectedValueException(allowed(), number);
    }
    return boxed.apply(number);
  }

  @Override
  public String allowed() {
    return meaning + " from " + min + " to " + max;
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "integer", "minimum", min, "maximum", max);
  }
}
