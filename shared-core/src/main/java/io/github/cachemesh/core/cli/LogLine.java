package io.github.cachemesh.core.cli;

import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One record, one line: time (ISO 8601, UTC), level, message, and what was thrown. */
final class LogLine extends Formatter {
  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder();
    line.append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
        .append(' ')
        .append(record.getLevel().getName())
        .append(' ')
        .append(formatMessage(record));
    for (Throwable thrown = record.getThrown(); thrown != null; thrown = thrown.getCause()) {
      line.append(": ").append(thrown);
    }
    // A line break that came from outside could forge a record.
    return line.toString().replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ") + "\n";
  }
}
