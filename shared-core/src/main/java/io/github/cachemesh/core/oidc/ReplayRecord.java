package io.github.cachemesh.core.oidc;

import io.github.cachemesh.core.oidc.Admission.Unrecorded;
import io.github.cachemesh.core.store.ExclusiveFile;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The tokens that were used, in a folder that several processes on one file system may share: of
 * all of them together one gets {@link Admission.Fresh} for a token, once, whatever crashes when.
 * Thread-safe; blocks.
 *
 * <p>A token is remembered for as long as a verifier would accept it, in the file of the 5 minutes
 * in which that ends, for at most {@value ReplayWindow#MAX_TOKENS} tokens. A file is removed 5
 * minutes after its time, so that the clocks of those who share the folder may differ by as much.
 */
public final class ReplayRecord {
  static final Duration GRACE = Duration.ofMinutes(5);

  /** With another process that writes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration TURN = Duration.ofMillis(1);
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final Path folder;
  private final ExclusiveFile lock;
  private final InstantSource clock;

  /** Those whose callers wait: at most one for each of them. */
  private final Queue<TokenUse> waiting = new ConcurrentLinkedQueue<>();

  /** Whether there is a thread that commits, to which all that follows belongs. */
  private final AtomicBoolean committing = new AtomicBoolean();

  private final Map<Instant, ReplayWindow> windows = new HashMap<>();
  private Instant nextSweep = Instant.MIN;

  private ReplayRecord(Path folder, InstantSource clock) {
    this.folder = folder;
    this.lock = new ExclusiveFile(folder.resolve("lock"), PATIENCE);
    this.clock = clock;
  }

  /**
   * The record in a folder of its own, which is made with mode 0700 where it is missing.
   *
   * @throws IOException when the folder cannot be made
   */
  public static ReplayRecord in(Path folder, InstantSource clock) throws IOException {
    PrivateFiles.createFolder(folder);
    return new ReplayRecord(folder.toRealPath(), clock);
  }

  /**
   * Records the use of a token. When this returns {@link Admission.Fresh}, the record outlives a
   * crash. Those who come together share one write to the disk, by a thread of the record's own, so
   * that an interrupt of one of them leaves the others' tokens alone.
   */
  public Admission admit(VerifiedToken token) {
    TokenUse use = new TokenUse(token);
    waiting.add(use);
    if (committing.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::commitAll);
    }
    return use.outcome();
  }

  /** Whoever adds a use after the queue was found empty starts the next thread. */
  private void commitAll() {
    do {
      try {
        commit(drained());
        if (!waiting.isEmpty()) {
          // Other processes get their turn, and more callers come together.
          LockSupport.parkNanos(TURN.toNanos());
        }
      } finally {
        committing.set(false);
      }
    } while (!waiting.isEmpty() && committing.compareAndSet(false, true));
  }

  private List<TokenUse> drained() {
    List<TokenUse> uses = new ArrayList<>();
    for (TokenUse use = waiting.poll(); use != null; use = waiting.poll()) {
      uses.add(use);
    }
    return uses;
  }

  private void commit(List<TokenUse> uses) {
    try (ExclusiveFile.Held _ = lock.acquire()) {
      Instant now = clock.instant();
      sweep(now);
      Map<Instant, List<TokenUse>> byWindow = new HashMap<>();
      for (TokenUse use : uses) {
        if (use.acceptedUntil().isAfter(now)) {
          Instant window = ReplayWindow.startFor(use.acceptedUntil());
          byWindow.computeIfAbsent(window, _ -> new ArrayList<>()).add(use);
        } else {
          use.decide(new Unrecorded("the token's time is over: ask for one for each request"));
        }
      }
      for (Map.Entry<Instant, List<TokenUse>> window : byWindow.entrySet()) {
        windows
            .computeIfAbsent(window.getKey(), start -> new ReplayWindow(folder, start))
            .admit(window.getValue());
      }
    } catch (IOException | RuntimeException e) {
      // What reached the disk is not known: the files tell next time.
      windows.clear();
      refuse(uses, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    } finally {
      // Nobody waits for ever, whatever happened.
      refuse(uses, "the write did not end");
    }
  }

  /** Refuses those that are not decided. */
  private void refuse(List<TokenUse> uses, String reason) {
    for (TokenUse use : uses) {
      use.decide(
          new Unrecorded(
              "the use of tokens cannot be recorded in %s, so that none is accepted: %s"
                  .formatted(folder, reason)));
    }
  }

  private void sweep(Instant now) throws IOException {
    if (now.isBefore(nextSweep)) {
      return;
    }
    windows.keySet().removeIf(start -> isOver(start, now));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ReplayWindow.FILES)) {
      for (Path file : files) {
        if (ReplayWindow.startOf(file).filter(start -> isOver(start, now)).isPresent()) {
          Files.deleteIfExists(file);
        }
      }
    }
    nextSweep = now.plus(SWEEP);
  }

  private static boolean isOver(Instant start, Instant now) {
    return !start.plus(ReplayWindow.LENGTH).plus(GRACE).isAfter(now);
  }
}
