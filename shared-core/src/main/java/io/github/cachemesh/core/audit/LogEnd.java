package io.github.cachemesh.core.audit;

import io.github.cachemesh.core.audit.LogFiles.Part;
import io.github.cachemesh.core.envelope.MacKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a log ends, which is remembered between appends and read on from there when other processes
 * appended. The first look reads the last file alone. Not thread-safe; used under the log's lock.
 */
final class LogEnd {
  private final LogFiles files;
  private final MacKey key;
  private @Nullable Part known;
  private AuditHead head = AuditHead.START;
  private long unfinishedBytes;

  LogEnd(LogFiles files, MacKey key) {
    this.files = files;
    this.key = key;
  }

  AuditHead head() {
    return head;
  }

  /** How many bytes of a line that a crash left unfinished stand after the last one. */
  long unfinishedBytes() {
    return unfinishedBytes;
  }

  /**
   * Looks for what others wrote.
   *
   * @throws AuditRefusedException when that does not continue the log
   */
  void find() throws IOException {
    if (known != null
        && unfinishedBytes == 0
        && Files.exists(known.file(), LinkOption.NOFOLLOW_LINKS)
        && Files.size(known.file()) == known.length()
        && !Files.exists(files.from(head.seq() + 1), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Part> parts = files.parts();
    Part from = known;
    if (from == null) {
      int last = lastWithLines(parts);
      head = last == 0 ? AuditHead.START : lastLine(parts.get(last - 1));
      from = parts.isEmpty() ? null : new Part(parts.get(last).file(), 0);
    }
    readOn(parts, from);
  }

  private static int lastWithLines(List<Part> parts) {
    int last = parts.size() - 1;
    while (last > 0 && parts.get(last).length() == 0) {
      last--;
    }
    return Math.max(last, 0);
  }

  /** As it stands there; the file after it proves it, or all is refused. */
  private static AuditHead lastLine(Part part) throws IOException {
    long from = Math.max(0, part.length() - LogLine.MAX_BYTES);
    byte[] last = null;
    try (LineReader lines = new LineReader(part.file(), from, part.length())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        last = line;
      }
    }
    return Optional.ofNullable(last)
        .flatMap(LogLine::parse)
        .orElseThrow(
            () ->
                new AuditRefusedException(
                    AuditFault.CHANGED,
                    refusal(LogWalk.name(part) + " does not end in a line of a log")))
        .stated();
  }

  private void readOn(List<Part> parts, @Nullable Part from) throws IOException {
    List<Part> rest = from == null ? List.of() : parts.subList(indexOf(from, parts), parts.size());
    ChainCheck check = new ChainCheck(key, head, AuditHead.START);
    long end = new LogWalk(check, _ -> {}).read(rest, from == null ? 0 : from.length());
    if (check.verdict() instanceof AuditVerdict.Broken(AuditFault fault, _, String message)) {
      throw new AuditRefusedException(fault, refusal(message));
    }
    head = check.head();
    known = rest.isEmpty() ? null : new Part(rest.getLast().file(), end);
    unfinishedBytes = rest.isEmpty() ? 0 : rest.getLast().length() - end;
  }

  private static int indexOf(Part known, List<Part> parts) throws AuditRefusedException {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).file().equals(known.file()) && parts.get(i).length() >= known.length()) {
        return i;
      }
    }
    throw new AuditRefusedException(
        AuditFault.CUT, refusal(LogWalk.name(known) + " is shorter than it was, or gone"));
  }

  private static String refusal(String message) {
    return message
        + "; nothing was logged. Keep the folder as evidence, see it with cachemesh credentials"
        + " audit verify, and log to another";
  }

  /**
   * Adds lines, which outlive a crash when this returns.
   *
   * @param bytes all of them; what was unfinished goes
   * @param last the last of them
   * @param maxFileBytes after which a new file is begun
   */
  void append(byte[] bytes, AuditHead last, long maxFileBytes, Instant now) throws IOException {
    Part end = known;
    if (end == null || (end.length() > 0 && end.length() + bytes.length > maxFileBytes)) {
      Path file = files.from(head.seq() + 1);
      files.create(file, now);
      end = new Part(file, 0);
    }
    known = null;
    try (FileChannel channel =
        FileChannel.open(end.file(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      write(channel, end.length(), bytes);
    }
    known = new Part(end.file(), end.length() + bytes.length);
    head = last;
    unfinishedBytes = 0;
  }

  private static void write(FileChannel channel, long at, byte[] bytes) throws IOException {
    channel.truncate(at);
    channel.position(at);
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      // What is told as failed should not stand there; where even this fails, it may.
      try {
        channel.truncate(at);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }
}
