package io.github.cachemesh.core.sarif;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is no SARIF which we read; its message names the place and quotes no content. */
public final class InvalidSarifException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    NOT_GZIP("damaged gzip file"),
    NOT_JSON("no JSON in UTF-8"),
    /** It ends within a value; where it ends after a comma it is {@link #NOT_JSON}. */
    TRUNCATED("the file ends too early"),
    NOT_SARIF("no SARIF log"),
    WRONG_VERSION("not SARIF 2.1.0"),
    WRONG_TYPE("a value of the wrong type"),
    REPEATED("a member is there twice"),
    TOO_LARGE("the file is too large"),
    TOO_DEEP("the file is nested too deeply");

    private final String meaning;

    Fault(String meaning) {
      this.meaning = meaning;
    }
  }

  private final Fault fault;

  InvalidSarifException(Fault fault, String detail) {
    this(fault, detail, null);
  }

  InvalidSarifException(Fault fault, String detail, @Nullable Throwable cause) {
    super(fault.meaning + ": " + detail, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
