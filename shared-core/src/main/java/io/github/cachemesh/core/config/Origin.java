package io.github.cachemesh.core.config;

/** Where the value of a key came from. {@code toString} is fit for messages. */
public sealed interface Origin {
  /** The declared default. */
  record Preset() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * A line of a configuration file.
   *
   * @param line counted from 1
   */
  record FileLine(String file, int line) implements Origin {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** An action input or a command-line option. */
  record Input(String name) implements Origin {
    @Override
    public String toString() {
      return "input " + name;
    }
  }

  /** An environment variable. */
  record Environment(String variable) implements Origin {
    @Override
    public String toString() {
      return "environment variable " + variable;
    }
  }
}
