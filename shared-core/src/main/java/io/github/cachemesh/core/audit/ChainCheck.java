package io.github.cachemesh.core.audit;

import io.github.cachemesh.core.audit.AuditVerdict.Broken;
import io.github.cachemesh.core.audit.AuditVerdict.Intact;
import io.github.cachemesh.core.envelope.MacKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a log's lines in the order in which they stand and tells the first that is wrong. What
 * follows that one only says more about it. Not thread-safe.
 */
final class ChainCheck {
  private final MacKey key;
  private final AuditHead anchor;
  private AuditHead head;
  private @Nullable Broken broken;

  /** Where the first wrong line says that it is; what the next one is told by. */
  private @Nullable AuditHead suspect;

  /**
   * @param from what the first line continues
   * @param anchor {@link AuditHead#START} where there is none
   */
  ChainCheck(MacKey key, AuditHead from, AuditHead anchor) {
    this.key = key;
    this.head = from;
    this.anchor = anchor;
  }

  /** The last line before anything was wrong. */
  AuditHead head() {
    return head;
  }

  /**
   * @param place where the line stands, for people
   * @return the line, when all is well up to it
   */
  Optional<LogLine> accept(byte[] bytes, String place) {
    Optional<LogLine> line = LogLine.parse(bytes);
    if (broken != null) {
      if (line.isPresent()) {
        tellMore(broken, line.get());
      }
      return Optional.empty();
    }
    long expected = head.seq() + 1;
    if (line.isEmpty()) {
      fail(AuditFault.CHANGED, expected, place + " is no line of an audit log");
      return Optional.empty();
    }
    AuditHead stated = line.get().stated();
    if (stated.seq() != expected) {
      misplaced(stated.seq(), expected, place);
    } else if (!line.get().continues(head, key)) {
      changed(stated, place);
    } else if (stated.seq() == anchor.seq() && !stated.equals(anchor)) {
      fail(
          AuditFault.REPLACED,
          expected,
          place + " is another line than the head knows: this is not that log");
    } else {
      head = stated;
      return line;
    }
    return Optional.empty();
  }

  private void misplaced(long found, long expected, String place) {
    if (found < expected) {
      fail(
          AuditFault.REORDERED,
          expected,
          "%s is line %d, which stood before; line %d belongs there"
              .formatted(place, found, expected));
    } else {
      fail(
          AuditFault.MISSING,
          expected,
          expected + 1 == found
              ? "line %d is missing before %s".formatted(expected, place)
              : "lines %d to %d are missing before %s".formatted(expected, found - 1, place));
    }
  }

  private void changed(AuditHead stated, String place) {
    if (head.equals(AuditHead.START)) {
      suspect = stated;
      fail(
          AuditFault.REPLACED,
          1,
          place + " was not written with this key: the log was replaced, or the key is another's");
    } else {
      fail(AuditFault.CHANGED, stated.seq(), place + " was changed after it was written");
    }
  }

  private void tellMore(Broken first, LogLine next) {
    if (first.fault() == AuditFault.MISSING && next.stated().seq() == first.seq()) {
      fail(
          AuditFault.REORDERED,
          first.seq(),
          "line %d stands after later ones".formatted(first.seq()));
    } else if (suspect != null && next.continues(suspect, key)) {
      fail(AuditFault.CHANGED, first.seq(), "line 1 was changed after it was written");
    }
    suspect = null;
  }

  /** There is a part of a line after the last. */
  void unfinished(String place) {
    if (broken == null) {
      fail(
          AuditFault.CUT,
          head.seq() + 1,
          place + " ends in a part of a line: a crash while it was written, or a cut");
    }
  }

  private void fail(AuditFault fault, long seq, String message) {
    broken = new Broken(fault, seq, message);
  }

  /** There are no more lines. */
  AuditVerdict verdict() {
    if (broken != null) {
      return broken;
    }
    if (head.seq() < anchor.seq()) {
      long next = head.seq() + 1;
      return new Broken(
          AuditFault.CUT,
          next,
          "the log ends with line %d, and the head is that of line %d"
              .formatted(head.seq(), anchor.seq()));
    }
    return new Intact(head, anchor.seq() > 0);
  }
}
