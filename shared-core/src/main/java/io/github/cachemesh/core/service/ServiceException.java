package io.github.cachemesh.core.service;

import java.io.IOException;

/** The exchange with the service came to nothing. The message names why, and holds no secret. */
public final class ServiceException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Fault {
    /** There was no connection, or no answer in time. */
    UNREACHABLE,
    /** It has too much to do, or is not ready; later it may be. */
    BUSY,
    /**
     * It, or something before it, answers but does not take the request; nothing vouches for why.
     */
    UNUSABLE,
    /** The answer was not made by the service's key for this request. */
    NOT_AUTHENTIC,
    /** The service, by its key, refuses the token. */
    REFUSED
  }

  private final Fault fault;

  ServiceException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  ServiceException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** Why it came to nothing. */
  public Fault fault() {
    return fault;
  }
}
