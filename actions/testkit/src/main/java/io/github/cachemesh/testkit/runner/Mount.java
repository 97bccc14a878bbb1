package io.github.cachemesh.testkit.runner;

/** A file or folder of the host in a container. */
record Mount(String source, String target, boolean readOnly) {

  /** Read-write. */
  static Mount of(Object source, String target) {
    return new Mount(source.toString(), target, false);
  }

  /** What {@code -v} takes. */
  String option() {
    return source + ":" + target + (readOnly ? ":ro" : "");
  }
}
