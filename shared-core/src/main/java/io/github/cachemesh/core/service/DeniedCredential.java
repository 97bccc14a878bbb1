package io.github.cachemesh.core.service;

/**
 * A credential that was asked for and is not given. Immutable.
 *
 * @param name as asked for
 */
public record DeniedCredential(String name, Reason reason) {

  /** Why; a job learns no more of the policy than this, the audit log has the rest. */
  public enum Reason {
    NOT_GRANTED("no grant of the service's policy gives it to this job"),
    NOT_FOUND("it is granted, but the service's store has none in this job's scope"),
    EXPIRED("it is granted, but has expired in the service's store: rotate it"),
    UNAVAILABLE("it is granted, but could not be had just now: see the service's log");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** For the one who reads the job's log. */
    public String text() {
      return text;
    }
  }
}
