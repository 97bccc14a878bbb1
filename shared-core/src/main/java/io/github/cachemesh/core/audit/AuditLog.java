package io.github.cachemesh.core.audit;

import io.github.cachemesh.core.audit.LogFiles.Part;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.core.store.ExclusiveFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The one way to write a log: when {@link #append} returns, the lines outlive a crash and continue
 * the chain, whatever other processes append at the same time.
 *
 * <p>Thread-safe; threads that append at once share one fsync. Several logs, in this process or
 * others, may be opened on one folder. Bounds: 1,024 threads wait, each for at most 30 seconds, and
 * a writer waits at most 10 seconds for another process; files have at most 4 MiB and are never
 * removed.
 */
public final class AuditLog {
  /** The most that is appended at once. */
  public static final int MAX_EVENTS = 256;

  static final long MAX_FILE_BYTES = 4 << 20;

  private static final int MAX_WAITING = 1024;
  private static final long MAX_WAIT_SECONDS = 30;

  private final LogFiles files;
  private final MacKey key;
  private final InstantSource clock;
  private final long maxFileBytes;
  private final Path folder;
  private final LogEnd end;
  private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  /** Whoever has it writes what all others wait for. */
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * Opens the log of a folder, which is made, with mode 0700, by the first append.
   *
   * @param key of this log; the caller closes it after its last use of the log
   */
  public AuditLog(Path folder, MacKey key, InstantSource clock) {
    this(folder, key, clock, MAX_FILE_BYTES);
  }

  AuditLog(Path folder, MacKey key, InstantSource clock, long maxFileBytes) {
    this.folder = folder;
    this.files = new LogFiles(folder);
    this.key = key;
    this.clock = clock;
    this.maxFileBytes = maxFileBytes;
    this.end = new LogEnd(files, key);
  }

  /** Logs an event, as {@link #append(List)}. */
  public AuditHead append(AuditEvent event) throws IOException {
    return append(List.of(event));
  }

  /**
   * Logs events, in this order and one after the other.
   *
   * @param events 1 to {@link #MAX_EVENTS}
   * @return the head after the last of them
   * @throws AuditRefusedException when the log was tampered with; nothing was written
   * @throws IOException when they may not have been written
   */
  public AuditHead append(List<AuditEvent> events) throws IOException {
    if (events.isEmpty() || events.size() > MAX_EVENTS) {
      throw new IllegalArgumentException(
          "1 to %d events are logged at once, not %d".formatted(MAX_EVENTS, events.size()));
    }
    Pending mine = new Pending(events);
    enqueue(mine);
    turn.lock();
    try {
      while (!mine.isSettled()) {
        writeWaiting();
      }
    } finally {
      turn.unlock();
    }
    return mine.head();
  }

  private void enqueue(Pending mine) throws IOException {
    try {
      if (!waiting.offer(mine, MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            "%d events wait to be logged in %s; see what keeps its disk"
                .formatted(MAX_WAITING, folder));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before it was logged");
    }
  }

  private void writeWaiting() {
    List<Pending> batch = new ArrayList<>();
    for (int events = 0; events < MAX_EVENTS; ) {
      Pending next = waiting.poll();
      if (next == null) {
        break;
      }
      batch.add(next);
      events += next.events().size();
    }
    try (ExclusiveFile.Held _ = files.lock()) {
      end.find();
      write(batch);
    } catch (IOException | RuntimeException e) {
      batch.stream().filter(each -> !each.isSettled()).forEach(each -> each.fail(e));
    }
  }

  private void write(List<Pending> batch) throws IOException {
    Instant now = clock.instant();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    AuditHead head = end.head();
    if (end.unfinishedBytes() > 0) {
      head = add(repair(), head, now, lines);
    }
    List<AuditHead> heads = new ArrayList<>();
    for (Pending each : batch) {
      for (AuditEvent event : each.events()) {
        head = add(event, head, now, lines);
      }
      heads.add(head);
    }
    end.append(lines.toByteArray(), head, maxFileBytes, now);
    for (int i = 0; i < heads.size(); i++) {
      batch.get(i).succeed(heads.get(i));
    }
  }

  private AuditHead add(
      AuditEvent event, AuditHead head, Instant now, ByteArrayOutputStream lines) {
    LogLine line = LogLine.after(head, now, event, key);
    lines.writeBytes(line.bytes());
    return line.stated();
  }

  private AuditEvent repair() {
    return new AuditEvent(
        AuditAction.REPAIR,
        "cachemesh",
        "the log",
        "dropped %d bytes of a line that was not finished: a crash while it was written, or a cut"
            .formatted(end.unfinishedBytes()),
        AuditOutcome.DONE);
  }

  /**
   * How far the log goes now.
   *
   * @throws AuditRefusedException when its last file was tampered with
   * @throws IOException when the files cannot be read
   */
  public AuditHead head() throws IOException {
    if (!Files.exists(folder)) {
      return AuditHead.START;
    }
    turn.lock();
    try (ExclusiveFile.Held _ = files.lock()) {
      end.find();
      return end.head();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Checks every line; appends may go on meanwhile.
   *
   * @param anchor a head that was kept elsewhere, {@link AuditHead#START} where there is none
   * @throws IOException when the files cannot be read
   */
  public AuditVerdict verify(AuditHead anchor) throws IOException {
    return check(anchor, _ -> {});
  }

  /**
   * Hands over every entry, from the first, as far as the log is intact.
   *
   * @return what became of the check
   * @throws IOException when the files cannot be read, or a later version wrote them
   */
  public AuditVerdict read(Consumer<AuditEntry> reader) throws IOException {
    return check(AuditHead.START, line -> reader.accept(line.entry()));
  }

  private AuditVerdict check(AuditHead anchor, LogWalk.Reader reader) throws IOException {
    ChainCheck check = new ChainCheck(key, AuditHead.START, anchor);
    List<Part> parts = files.settled();
    long end = new LogWalk(check, reader).read(parts, 0);
    if (!parts.isEmpty() && end < parts.getLast().length()) {
      check.unfinished(LogWalk.name(parts.getLast()));
    }
    return check.verdict();
  }

  @Override
  public String toString() {
    return "AuditLog[" + folder + "]";
  }
}
