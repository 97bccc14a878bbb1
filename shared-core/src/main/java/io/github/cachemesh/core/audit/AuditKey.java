package io.github.cachemesh.core.audit;

import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.core.envelope.RootKey;

/** The key of a log. Whoever has it can check the log, and could write another. */
public final class AuditKey {
  private AuditKey() {}

  /**
   * The key of the log that goes with a root key; the caller closes it.
   *
   * @param root of one host or service; it may serve for other purposes too
   */
  public static MacKey of(RootKey root) {
    return root.derive(KeyKind.MAC, Aad.of("cachemesh audit 1"));
  }
}
