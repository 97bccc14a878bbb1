package io.github.cachemesh.testkit.runner;

import java.util.List;

/** A job that let masked values out; the message names where, never what. */
public final class SecretLeakException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> places;
  private final transient JobResult result;

  SecretLeakException(List<String> places, JobResult result) {
    super("a masked value is in: " + String.join("; ", places));
    this.places = List.copyOf(places);
    this.result = result;
  }

  /** Where masked values were found. */
  public List<String> places() {
    return places;
  }

  /** What the job came to otherwise. */
  public JobResult result() {
    return result;
  }
}
