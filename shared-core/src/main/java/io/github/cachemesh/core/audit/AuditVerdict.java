package io.github.cachemesh.core.audit;

/** What became of the check of a whole log. */
public sealed interface AuditVerdict {
  /**
   * Every line is as it was written and none is missing before the last.
   *
   * @param head how far the log goes
   * @param anchored whether a head from elsewhere shows that the end was not cut before that head;
   *     without one this cannot be told
   */
  record Intact(AuditHead head, boolean anchored) implements AuditVerdict {}

  /**
   * Something was done to it.
   *
   * @param seq number of the first line that is wrong or missing
   * @param message where and what, in one line
   */
  record Broken(AuditFault fault, long seq, String message) implements AuditVerdict {}
}
