package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what event loops do, for so long; what fails, fails with an {@link IOException}. */
final class Awaiting {
  private Awaiting() {}

  /**
   * @param what in words
   * @throws InterruptedIOException when the thread is interrupted; what it waited for goes on
   */
  static <T> T await(CompletableFuture<T> future, Duration limit, String what) throws IOException {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while " + what).initCause(e);
    } catch (ExecutionException e) {
      Throwable failure = e.getCause() == null ? e : e.getCause();
      if (failure instanceof IOException known) {
        throw known;
      }
      throw new IOException(what + " failed with " + Failures.describe(failure), failure);
    } catch (TimeoutException e) {
      throw new DeadlineExceededException(what + " took longer than " + limit, e);
    }
  }
}
