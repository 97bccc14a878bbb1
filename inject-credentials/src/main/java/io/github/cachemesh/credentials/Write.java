package io.github.cachemesh.credentials;

/** One secret on its way to its one destination. None of them shows its value. */
sealed interface Write {
  /** Of the variable or the output. */
  String name();

  /** Into the environment of later steps. */
  record Variable(String name, String value) implements Write {
    @Override
    public String toString() {
      return "variable " + name;
    }
  }

  /** Into an output of the step. */
  record Output(String name, String value) implements Write {
    @Override
    public String toString() {
      return "output " + name;
    }
  }

  /**
   * Into a file, whose path goes into a variable and an output of that name.
   *
   * @param value stays the caller's
   */
  record SecretFile(String name, byte[] value) implements Write {
    @Override
    public String toString() {
      return "file, whose path is in variable and output " + name;
    }
  }
}
