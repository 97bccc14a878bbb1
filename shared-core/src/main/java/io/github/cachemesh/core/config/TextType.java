package io.github.cachemesh.core.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of 1 to {@link #MAX_LENGTH} characters.
 *
 * @param choices the words allowed; empty for any
 * @param pattern what the text must match; null for anything
 * @param described what is allowed, in words
 */
record TextType(List<String> choices, @Nullable Pattern pattern, String described)
    implements ScalarType {
  static final int MAX_LENGTH = 4096;

  @Override
  public Object decode(Word word) throws RejectedValueException {
    if (!word.isText()) {
      boolean quotesHelp = word.plain() && choices.isEmpty() && pattern == null;
      throw new RejectedValueException(allowed(), word.kind() + (quotesHelp ? "; quote it" : ""));
    }
    String text = word.text();
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new RejectedValueException(allowed(), text.length() + " characters");
    }
    boolean chosen = choices.isEmpty() || choices.contains(text);
    if (!chosen || (pattern != null && !pattern.matcher(text).matches())) {
      throw new RejectedValueException(allowed(), "another text");
    }
    return text;
  }

  @Override
  public String allowed() {
    return described;
  }

  @Override
  public Map<String, Object> schema() {
    if (!choices.isEmpty()) {
      return Map.of("enum", choices);
    }
    Map<String, Object> schema =
        new HashMap<>(Map.of("type", "string", "minLength", 1, "maxLength", MAX_LENGTH));
    if (pattern != null) {
      schema.put("pattern", pattern.pattern());
    }
    return schema;
  }
}
