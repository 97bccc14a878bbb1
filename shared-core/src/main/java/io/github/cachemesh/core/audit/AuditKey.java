package io.github.cachemesh.core.audit;

import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.core.envelope.RootKey;

/** The key of a log, which serves for nothing else. */
public final class AuditKey {
  private AuditKey() {}

  /**
   * The key of a log; the caller closes it.
   *
   * @param root of the host or the service; it may serve for other purposes too
   * @param log which log, such as the id of its store: lines of one log are none of another
   */
  public static MacKey of(RootKey root, String log) {
    return root.derive(KeyKind.MAC, Aad.of("audit", "cachemesh audit 1", log));
  }
}
