package io.github.cachemesh.core.audit;

import java.util.Locale;

/** What was tried. */
public enum AuditAction {
  /** A store was made. */
  INIT,
  /** A value was stored under a new name, or a new version of it. */
  SET,
  /** A value was taken out of a store, by a person or a program that holds its key. */
  GET,
  /** A value was asked of the service. */
  GRANT,
  /** A value was handed to a job. */
  INJECT,
  /** A credential got a new value or a new life. */
  ROTATE,
  /** Keys were wrapped anew, or values sealed anew. */
  REKEY,
  /** A credential was removed and its data keys with it. */
  DELETE,
  /** A credential was found to have outlived its time. */
  EXPIRE,
  /** Somebody was given a key of a store. */
  ADD_HOLDER,
  /** Somebody's key was made useless. */
  REMOVE_HOLDER,
  /** Credentials were read from elsewhere. */
  IMPORT,
  /** Credentials, or the whole store, were written elsewhere. */
  EXPORT,
  /** What a job had was taken back. */
  REVOKE,
  /** What the owner of a store decided for all that read it was changed. */
  POLICY,
  /** The policy of a service, or its certificate, was read anew. */
  RELOAD,
  /** The log itself: a line that a crash had left unfinished was dropped. */
  REPAIR;

  /** As the log has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
