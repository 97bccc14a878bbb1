package io.github.cachemesh.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** A path of the file system; {@code ~} is left to be expanded. */
record PathType() implements ScalarType {
  @Override
  public Object decode(Word word) throws RejectedValueException {
    if (!word.isText()) {
      throw new RejectedValueException(allowed(), word.kind());
    }
    if (word.text().isBlank() || word.text().length() > TextType.MAX_LENGTH) {
      throw new RejectedValueException(allowed(), word.text().length() + " characters");
    }
    try {
      return Path.of(word.text());
    } catch (InvalidPathException e) {
      throw new RejectedValueException(allowed(), "another text");
    }
  }

  @Override
  public String allowed() {
    return "a path";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string", "minLength", 1, "maxLength", TextType.MAX_LENGTH);
  }
}
