package io.github.cachemesh.core.service;

import io.github.cachemesh.core.envelope.SigningKey;
import io.github.cachemesh.core.service.ServiceMetrics.Outcome;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * Answers requests: what can be answered is sealed and signed, what cannot is a problem in clear
 * that says nothing of credentials. At most {@value #MAX_AT_ONCE} are worked on at once; others
 * wait for at most 10 seconds. Thread-safe; blocks; never throws.
 */
final class Exchanges {
  private static final Logger LOG = Logger.getLogger(Exchanges.class.getName());
  private static final int MAX_AT_ONCE = 64;
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private final Admittance admittance;
  private final Provision provision;
  private final Releasing releasing;
  private final RateLimit releases;
  private final SigningKey key;
  private final SecureRandom random;
  private final ServiceMetrics metrics;
  private final LongSupplier nanoTime;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  /**
   * @param releases how often leases are given back, by address
   * @param key remains the caller's
   */
  Exchanges(
      Admittance admittance,
      Provision provision,
      Releasing releasing,
      RateLimit releases,
      SigningKey key,
      SecureRandom random,
      ServiceMetrics metrics,
      LongSupplier nanoTime) {
    this.admittance = admittance;
    this.provision = provision;
    this.releasing = releasing;
    this.releases = releases;
    this.key = key;
    this.random = random;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  private record Ended(Outcome outcome, Reply reply) {}

  private interface Work {
    Ended done() throws IOException, MalformedMessageException;
  }

  /** Answers a request for credentials. */
  Reply credentials(byte[] request, String address) {
    return reply(
        () -> {
          Asking.ForCredentials asking = Asking.ForCredentials.read(request);
          return switch (admittance.admit(asking, address)) {
            case Admittance.Result.Admitted(var token) -> {
              try (Exchanged exchanged = provision.provide(asking, token)) {
                ServiceAnswer answer = new ServiceAnswer.Credentials(exchanged);
                yield new Ended(Outcome.ANSWERED, sealed(200, answer, asking, request));
              }
            }
            case Admittance.Result.Refused(String reason, boolean replayed) ->
                new Ended(
                    replayed ? Outcome.REPLAYED : Outcome.REFUSED,
                    sealed(403, new ServiceAnswer.Refused(reason), asking, request));
            case Admittance.Result.Limited() -> limited();
            case Admittance.Result.Undecided(String problem) -> {
              LOG.warning(() -> "cachemesh: no request can be answered: " + problem);
              yield failed();
            }
          };
        });
  }

  /** Answers who gives leases back. */
  Reply release(byte[] request, String address) {
    return reply(
        () -> {
          Asking.ForRelease asking = Asking.ForRelease.read(request);
          if (!releases.take(address)) {
            return limited();
          }
          ServiceAnswer answer = new ServiceAnswer.Releases(releasing.release(asking));
          return new Ended(Outcome.ANSWERED, sealed(200, answer, asking, request));
        });
  }

  private Reply sealed(int status, ServiceAnswer answer, Asking asking, byte[] request) {
    byte[] content = answer.bytes();
    try {
      return Reply.sealed(
          status, SealedAnswer.make(content, request, asking.recipient(), key, random));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private Reply reply(Work work) {
    long startNanos = nanoTime.getAsLong();
    Ended ended = ended(work);
    metrics.request(
        ended.outcome(), Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - startNanos)));
    return ended.reply();
  }

  private Ended ended(Work work) {
    try {
      if (!places.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return failed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed();
    }
    try {
      return work.done();
    } catch (MalformedMessageException e) {
      return new Ended(Outcome.MALFORMED, Reply.problem(400, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      LOG.warning(() -> "cachemesh: a request was not answered: " + e.getMessage());
      return failed();
    } catch (RuntimeException e) {
      // Its text is nobody's promise to hold no value.
      StackTraceElement[] trace = e.getStackTrace();
      LOG.severe(
          () ->
              "cachemesh: a request was not answered: %s at %s"
                  .formatted(e.getClass().getName(), trace.length == 0 ? "?" : trace[0]));
      return failed();
    } finally {
      places.release();
    }
  }

  private static Ended limited() {
    return new Ended(
        Outcome.LIMITED, Reply.problem(429, "too many requests: ask again in a minute"));
  }

  private static Ended failed() {
    return new Ended(
        Outcome.FAILED, Reply.problem(503, "the service cannot answer now: its log says why"));
  }
}
