package io.github.cachemesh.core.audit;

import io.github.cachemesh.core.envelope.MacKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * The one way to write a log: when {@link #append} returns, the lines outlive a crash and continue
 * the chain, whatever other processes append at the same time.
 *
 * <p>Thread-safe; many threads share one fsync. Several logs, in this process or others, may be
 * opened on one folder.
 */
public final class AuditLog {
  /**
   * Opens the log of a folder, which is created with mode 0700 when it is missing.
   *
   * @param key of this log; the caller closes it after its last use of the log
   */
  public AuditLog(Path folder, MacKey key, InstantSource clock) {}

  /**
   * Logs events, in this order and one after the other.
   *
   * @return the head after the last of them
   * @throws AuditRefusedException when the log was tampered with; nothing was written
   * @throws IOException when they may not have been written
   */
  public AuditHead append(List<AuditEvent> events) throws IOException {
    return AuditHead.START;
  }

  /** Logs an event, as {@link #append(List)}. */
  public AuditHead append(AuditEvent event) throws IOException {
    return append(List.of(event));
  }

  /**
   * How far the log goes now.
   *
   * @throws AuditRefusedException when its last file was tampered with
   */
  public AuditHead head() throws IOException {
    return AuditHead.START;
  }

  /**
   * Checks every line; appends may go on meanwhile.
   *
   * @param anchor a head that was kept elsewhere, {@link AuditHead#START} where there is none
   * @throws IOException when the files cannot be read
   */
  public AuditVerdict verify(AuditHead anchor) throws IOException {
    return new AuditVerdict.Intact(AuditHead.START, false);
  }

  /**
   * Hands over every entry, from the first, as far as the log is intact.
   *
   * @return what became of the check
   * @throws IOException when the files cannot be read
   */
  public AuditVerdict read(Consumer<AuditEntry> reader) throws IOException {
    return new AuditVerdict.Intact(AuditHead.START, false);
  }
}
