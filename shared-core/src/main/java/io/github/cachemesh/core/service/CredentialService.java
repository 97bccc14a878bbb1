package io.github.cachemesh.core.service;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditEvent;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.envelope.VerifyingKey;
import io.github.cachemesh.core.github.GitHubApp;
import io.github.cachemesh.core.oidc.Issuer;
import io.github.cachemesh.core.oidc.IssuerKeys;
import io.github.cachemesh.core.oidc.ReplayRecord;
import io.github.cachemesh.core.oidc.TokenRules;
import io.github.cachemesh.core.oidc.TokenVerifier;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * A running service: listens, follows the files of its policy and its certificate, and ends in
 * order. Several on one file system serve as one when they share the state folder and the store;
 * only the rate limits are each one's own. Thread-safe.
 */
public final class CredentialService implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(CredentialService.class.getName());
  private static final Duration RELOAD = Duration.ofSeconds(2);
  private static final int STRANGERS_PER_MINUTE = 60;
  private static final int RELEASES_PER_MINUTE = 6_000;

  private final ServiceUrl url;
  private final ServiceKeys keys;
  private final ServiceTls tls;
  private final PolicyFile policy;
  private final StoredValues values;
  private final AuditLog audit;
  private final ServiceMetrics metrics;
  private final ServiceListener listener;
  private final ScheduledExecutorService reloads =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("reloads").factory());

  /**
   * What a service is told.
   *
   * @param url as clients are told it, which tokens are made for
   * @param listen port 0 for any free one
   * @param stateFolder for the service's key, the replay record, the audit log and the newest
   *     generation of the store that was seen; out of the store's folder, shared by replicas
   * @param tlsCertificates PEM, the service's own first; followed as they are renewed
   * @param tlsKey PEM, PKCS #8
   * @param requestsPerMinute of one repository, at this replica
   */
  public record Options(
      ServiceUrl url,
      InetSocketAddress listen,
      Path stateFolder,
      Path tlsCertificates,
      Path tlsKey,
      Issuer issuer,
      int requestsPerMinute) {
    public static final int DEFAULT_REQUESTS_PER_MINUTE = 600;

    /**
     * @throws IllegalArgumentException when no request would be let in
     */
    public Options {
      if (requestsPerMinute < 1) {
        throw new IllegalArgumentException("at least one request a minute must be let in");
      }
    }
  }

  /**
   * What a service is made of; it closes none of it.
   *
   * @param storeKey that opens the store: a holder's is enough
   * @param anchor what is known of the store besides what the state folder remembers
   * @param app empty where the policy mints nothing
   */
  public record Parts(
      PolicyFile policy,
      SealedStore store,
      KeySource storeKey,
      Anchor anchor,
      IssuerKeys issuerKeys,
      Optional<GitHubApp> app,
      SecureRandom random,
      InstantSource clock) {}

  private CredentialService(Options options, Parts parts, ServiceKeys keys, ServiceTls tls)
      throws IOException {
    Path state = options.stateFolder();
    this.url = options.url();
    this.keys = keys;
    this.tls = tls;
    this.policy = parts.policy();
    this.metrics = new ServiceMetrics();
    this.audit = new AuditLog(state.resolve("audit"), keys.audit(), parts.clock());
    Anchor anchor = parts.anchor().hostState(state.resolve("store"));
    // A log that was tampered with, or cannot be written, is seen before anybody is given anything.
    audit.append(
        reload(
            "policy", "started; %d grants decide".formatted(policy.grants()), AuditOutcome.DONE));
    this.values = new StoredValues(parts.store(), parts.storeKey(), anchor);
    try {
      this.listener =
          new ServiceListener(
              options.listen(), tls::handler, pages(options, parts, state.resolve("replay")));
    } catch (IOException e) {
      values.close();
      throw e;
    }
    metrics.gauge("connections", "Clients connected", listener::connections);
    metrics.gauge("policy_grants", "Grants of the policy that decides", policy::grants);
    metrics.gauge(
        "policy_current",
        "1 when the policy's file is what decides, else 0",
        () -> policy.problem().isEmpty() ? 1 : 0);
    metrics.gauge(
        "tls_expiry_seconds",
        "When the certificate that is served expires, in seconds since 1970",
        () -> tls.expires().getEpochSecond());
    metrics.gauge(
        "tls_current",
        "1 when the certificate's files are what is served, else 0",
        () -> tls.problem().isEmpty() ? 1 : 0);
  }

  private ServicePages pages(Options options, Parts parts, Path replayFolder) throws IOException {
    Admittance admittance =
        new Admittance(
            options.url(),
            new TokenVerifier(TokenRules.of(options.issuer()), parts.issuerKeys(), parts.clock()),
            ReplayRecord.in(replayFolder, parts.clock()),
            audit,
            new RateLimit(STRANGERS_PER_MINUTE, System::nanoTime),
            new RateLimit(options.requestsPerMinute(), System::nanoTime));
    LeaseBox leases = new LeaseBox(keys.leases(), parts.random());
    AppTokens app = new AppTokens(parts.app(), leases, parts.clock());
    Provision provision =
        new Provision(policy::current, new FromStore(values, parts.clock()), app, audit, metrics);
    Exchanges exchanges =
        new Exchanges(
            admittance,
            provision,
            new Releasing(leases, app, audit, metrics),
            new RateLimit(RELEASES_PER_MINUTE, System::nanoTime),
            keys.signing(),
            parts.random(),
            metrics,
            System::nanoTime);
    return new ServicePages(options.url(), exchanges, metrics, this::problems);
  }

  /**
   * Starts a service, which listens when this returns.
   *
   * @throws IOException when it cannot work; the message names what is wrong
   */
  public static CredentialService start(Options options, Parts parts) throws IOException {
    ServiceTls tls = new ServiceTls(options.tlsCertificates(), options.tlsKey());
    ServiceKeys keys = ServiceKeys.in(options.stateFolder(), parts.random(), parts.clock());
    CredentialService service;
    try {
      service = new CredentialService(options, parts, keys, tls);
    } catch (IOException | RuntimeException e) {
      keys.close();
      throw e;
    }
    service.reloads.scheduleWithFixedDelay(
        service::reload, RELOAD.toMillis(), RELOAD.toMillis(), TimeUnit.MILLISECONDS);
    return service;
  }

  /** By which jobs know it. */
  public ServiceUrl url() {
    return url;
  }

  /** What clients pin. */
  public VerifyingKey serviceKey() {
    return keys.verifyingKey();
  }

  /** On which it listens. */
  public int port() {
    return listener.port();
  }

  /** Looks at the files of policy and certificate, which it also does every two seconds. */
  void reload() {
    switch (policy.reload()) {
      case Reload.Unchanged() -> {}
      case Reload.Replaced() -> {
        metrics.reload(true);
        LOG.info(() -> "cachemesh: the policy was replaced, grants=" + policy.grants());
        log("policy", "%d grants decide".formatted(policy.grants()), AuditOutcome.DONE);
      }
      case Reload.Refused(String problem) -> {
        metrics.reload(false);
        LOG.warning(() -> "cachemesh: the policy before goes on to decide: " + problem);
        log("policy", "the one before goes on to decide: " + problem, AuditOutcome.FAILED);
      }
    }
    switch (tls.reload()) {
      case Reload.Unchanged() -> {}
      case Reload.Replaced() -> {
        LOG.info(() -> "cachemesh: the certificate was replaced, expires=" + tls.expires());
        log("certificate", "one that expires at " + tls.expires(), AuditOutcome.DONE);
      }
      case Reload.Refused(String problem) -> {
        LOG.warning(() -> "cachemesh: the certificate before is served: " + problem);
        log("certificate", "the one before is served: " + problem, AuditOutcome.FAILED);
      }
    }
  }

  private static AuditEvent reload(String what, String why, AuditOutcome outcome) {
    return new AuditEvent(AuditAction.RELOAD, "the service", what, why, outcome);
  }

  private void log(String what, String why, AuditOutcome outcome) {
    try {
      audit.append(reload(what, why, outcome));
    } catch (IOException e) {
      LOG.warning(() -> "cachemesh: the audit log cannot be written: " + e.getMessage());
    }
  }

  private Map<String, Optional<String>> problems() {
    Map<String, Optional<String>> problems = new LinkedHashMap<>();
    problems.put("policy", policy.problem());
    problems.put("tls", tls.problem());
    problems.put("store", values.problem());
    problems.put("audit", auditProblem());
    return problems;
  }

  private Optional<String> auditProblem() {
    try {
      audit.head();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Takes in no more requests, answers those under way within 30 seconds, and ends. */
  @Override
  public void close() {
    reloads.shutdownNow();
    listener.close();
    values.close();
    keys.close();
  }
}
