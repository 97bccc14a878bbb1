package io.github.cachemesh.core.config;

/**
 * One scalar as it was written, with the kind that its notation gives it.
 *
 * @param plain whether it stands without quotes
 */
record Word(String text, Kind kind, boolean plain) {
  /** Kinds of YAML values, named as messages name them. */
  enum Kind {
    TEXT("text"),
    INTEGER("an integer"),
    NUMBER("a number"),
    BOOLEAN("a boolean"),
    NOTHING("nothing"),
    LIST("a list"),
    MAPPING("a mapping"),
    TAGGED("a value with a tag of its own"),
    /** From outside YAML, where everything is text. */
    UNTYPED("something else");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  /** A word of the environment or of an input. */
  static Word untyped(String text) {
    return new Word(text, Kind.UNTYPED, true);
  }

  boolean isText() {
    return kind == Kind.TEXT || kind == Kind.UNTYPED;
  }
}
