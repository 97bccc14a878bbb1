package io.github.cachemesh.core.cli;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreId;
import io.github.cachemesh.core.credential.StoreRefusedException;
import io.github.cachemesh.core.github.ApiLimits;
import io.github.cachemesh.core.github.AppKey;
import io.github.cachemesh.core.github.GitHubApp;
import io.github.cachemesh.core.oidc.Issuer;
import io.github.cachemesh.core.oidc.RemoteKeys;
import io.github.cachemesh.core.proxy.TrustedCertificates;
import io.github.cachemesh.core.service.CredentialService;
import io.github.cachemesh.core.service.InvalidPolicyException;
import io.github.cachemesh.core.service.PolicyFile;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceUrl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;

/**
 * One run of the credential service, from its options to its last log line: whatever ends it, it is
 * closed in order before this process ends.
 */
final class ServiceProcess {
  private static final Logger LOG = Logger.getLogger(ServiceProcess.class.getName());

  /** Less than clients wait for an answer. */
  private static final Duration APP_TIME = Duration.ofSeconds(10);

  private final Surroundings surroundings;
  private final CredentialsServeCommand options;

  ServiceProcess(Surroundings surroundings, CredentialsServeCommand options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  void run() throws IOException, InterruptedException {
    InetSocketAddress listen =
        ListenAddress.parse(options.listen)
            .orElseThrow(() -> CommandFailure.usage("--listen: a service listens somewhere"));
    CountDownLatch stop = new CountDownLatch(1);
    StopSignals signals = StopSignals.install();
    signals.onFirst(stop::countDown);
    try (NodeLog log = NodeLog.open(options.logFile, surroundings.err(), false);
        KeySource key = options.key.open(options.store, surroundings)) {
      try (CredentialService service = start(listen, key)) {
        log.announce(
            "cachemesh: ready url=%s listen=%s:%d service-key=%s pid=%d"
                .formatted(
                    service.url(),
                    listen.getHostString(),
                    service.port(),
                    service.serviceKey(),
                    ProcessHandle.current().pid()));
        stop.await();
        LOG.info("cachemesh: stopping");
      }
      LOG.info("cachemesh: stopped");
    }
  }

  private CredentialService start(InetSocketAddress listen, KeySource key) {
    SecureRandom random = new SecureRandom();
    try {
      Issuer issuer = issuer();
      OkHttpClient http = http();
      return CredentialService.start(
          new CredentialService.Options(
              ServiceUrl.of(URI.create(options.url)),
              listen,
              options.stateDir,
              options.tlsCertificates,
              options.tlsKey,
              issuer,
              options.requestsPerMinute),
          new CredentialService.Parts(
              PolicyFile.open(options.policy),
              new SealedStore(options.store, random, surroundings.clock()),
              key,
              anchor(),
              new RemoteKeys(issuer, http),
              app(http),
              random,
              surroundings.clock()));
    } catch (InvalidPolicyException | IllegalArgumentException | ActionFailure e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CommandFailure.failed("the service cannot start: " + ErrorReport.describe(e));
    }
  }

  private Issuer issuer() {
    String name = options.issuer == null ? Issuer.GITHUB.name() : options.issuer;
    return options.jwksUrl == null ? Issuer.at(name) : new Issuer(name, options.jwksUrl);
  }

  private Anchor anchor() throws StoreRefusedException {
    return options.storeId == null
        ? Anchor.none()
        : Anchor.none().store(StoreId.parse(options.storeId));
  }

  private OkHttpClient http() throws IOException {
    return ServiceClient.http(
        new EnvironmentProxies(surroundings.environment()),
        options.caFile == null
            ? TrustedCertificates.ofJdk()
            : TrustedCertificates.ofJdkAnd(options.caFile));
  }

  private Optional<GitHubApp> app(OkHttpClient http) throws IOException {
    if (options.app == null) {
      return Optional.empty();
    }
    byte[] pem = SmallSecret.read("--app-key-file", options.app.keyFile);
    try {
      AppKey key = AppKey.parse(options.app.id, pem);
      return Optional.of(
          new GitHubApp(options.apiUrl, key, http, ApiLimits.DEFAULT.within(APP_TIME)));
    } finally {
      Arrays.fill(pem, (byte) 0);
    }
  }
}
