package io.github.cachemesh.core.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * True or false. Besides YAML 1.2's words those of YAML 1.1 are understood, as the Python original
 * does.
 *
 * @param onOff whether the key is a switch, written on and off, also in quotes
 */
record BooleanType(boolean onOff) implements ScalarType {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");

  @Override
  public Object decode(Word word) throws RejectedValueException {
    boolean literal = word.plain() || (onOff && word.isText());
    String text = word.text().toLowerCase(Locale.ROOT);
    if (literal && TRUE.contains(text)) {
      return true;
    }
    if (literal && FALSE.contains(text)) {
      return false;
    }
    throw new RejectedValueException(allowed(), word.kind());
  }

  @Override
  public String allowed() {
    return onOff ? "on or off" : "true or false";
  }

  @Override
  public Map<String, Object> schema() {
    return onOff ? Map.of("enum", List.of("on", "off", true, false)) : Map.of("type", "boolean");
  }
}
