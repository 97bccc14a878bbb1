package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.audit.AuditEntry;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditVerdict;
import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Expiry;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.KeyText;
import io.github.cachemesh.core.credential.RawKey;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreId;
import io.github.cachemesh.core.credential.StorePolicy;
import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.envelope.VerifyingKey;
import io.github.cachemesh.core.github.GitHubApp;
import io.github.cachemesh.core.oidc.Issuer;
import io.github.cachemesh.core.oidc.IssuerKeys;
import io.github.cachemesh.core.oidc.RemoteKeys;
import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.oidc.OidcIssuer;
import io.github.cachemesh.testkit.oidc.TokenForge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A service in a folder, with a store, a policy and an issuer, and replicas of it. The job that its
 * policy is for is {@link #JOB}; it may have what {@link #STORED} has, and {@code NONE}.
 */
final class TestService implements AutoCloseable {
  static final ServiceUrl URL = ServiceUrl.of(URI.create("https://localhost/credentials"));
  static final String STORED = "DEPLOY_KEY";
  static final String VALUE = "marker-8c1f90d27ab34e56\nline two %0A ::error::";
  static final JobClaims JOB =
      JobClaims.push("octo-org/app").environment("production").with("ref_protected", "true");

  static final String POLICY =
      """
      version: 1
      grants:
        - id: deploy
          who:
            repository_id: %s
            repository_owner_id: %s
            environment: production
            ref: refs/heads/main
            ref_protected: true
            event_name: push
            workflow_ref: octo-org/app/.github/workflows/ci.yml@refs/heads/main
            job_workflow_ref: octo-org/app/.github/workflows/ci.yml@refs/heads/main
            job_workflow_sha: '0000000000000000000000000000000000000001'
            runner_environment: github-hosted
          what: [DEPLOY_KEY, NONE]
          lasts: 15m
          export: file
        - id: token
          who: {repository_id: %s, environment: production}
          what: APP_TOKEN
          export: env
          app: {repositories: octo-org/app, permissions: {contents: write}}
      """
          .formatted(
              JOB.text("repository_id"),
              JOB.text("repository_owner_id"),
              JOB.text("repository_id"));

  final Path folder;
  final Path state;
  final Path policy;
  final OidcIssuer issuer = OidcIssuer.start();
  final SecureRandom random = new SecureRandom();
  final SealedStore store;
  final RawKey owner = RawKey.fresh(random);
  Optional<GitHubApp> app = Optional.empty();
  Optional<IssuerKeys> issuerKeys = Optional.empty();
  int requestsPerMinute = 10_000;

  private final KeySource storeKey;
  private HeldCertificate certificate = certificate();
  private final List<AutoCloseable> opened = new ArrayList<>();

  TestService(Path folder) throws Exception {
    this.folder = folder;
    this.state = folder.resolve("state");
    this.policy = Files.writeString(folder.resolve("policy.yml"), POLICY);
    writeCertificate();
    this.store = new SealedStore(folder.resolve("store.cmstore"), random, Clock.systemUTC());
    StoreId id = store.create("owner", owner, StorePolicy.DEFAULT);
    RawKey holder = RawKey.fresh(random);
    store.change(
        owner,
        Anchor.none(),
        editor -> {
          editor.addHolder("service", holder, List.of(new Scope.Global(), environment()));
          return editor.set(
              new CredentialId(STORED, environment()), VALUE.getBytes(UTF_8), new Expiry.Never());
        });
    byte[] text = KeyText.of(id, holder);
    this.storeKey = KeyText.parse(text);
    Arrays.fill(text, (byte) 0);
  }

  private static HeldCertificate certificate() {
    return new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  }

  private void writeCertificate() throws IOException {
    Files.writeString(folder.resolve("tls.pem"), certificate.certificatePem());
    Files.writeString(folder.resolve("tls.key"), certificate.privateKeyPkcs8Pem());
  }

  /** Puts another certificate into the files, which is all that clients believe from now on. */
  void renewCertificate() throws IOException {
    certificate = certificate();
    writeCertificate();
  }

  static Scope environment() throws IOException {
    return Scope.parse("environment:%s:production".formatted(JOB.text("repository_id")));
  }

  /** Sets a value of the job's environment. */
  void set(String name, byte[] value, Expiry expires) throws IOException {
    store.change(
        owner,
        Anchor.none(),
        editor -> editor.set(new CredentialId(name, environment()), value, expires));
  }

  /** Starts one more replica. */
  CredentialService start() throws Exception {
    Issuer trusted = new Issuer(issuer.uri().toString(), issuer.keys());
    CredentialService service =
        CredentialService.start(
            new CredentialService.Options(
                URL,
                new InetSocketAddress("127.0.0.1", 0),
                state,
                folder.resolve("tls.pem"),
                folder.resolve("tls.key"),
                trusted,
                requestsPerMinute),
            new CredentialService.Parts(
                PolicyFile.open(policy),
                store,
                storeKey,
                Anchor.none(),
                issuerKeys.orElseGet(() -> new RemoteKeys(trusted, new OkHttpClient())),
                app,
                random,
                Clock.systemUTC()));
    opened.add(service);
    return service;
  }

  /** A client of that replica, which it reaches as what forwards the service's URL would. */
  ServiceClient client(CredentialService replica) throws Exception {
    return client(replica, replica.serviceKey());
  }

  ServiceClient client(CredentialService replica, VerifyingKey pinned) {
    return new ServiceClient(URL, pinned, http(replica.port()), random, _ -> {});
  }

  /** Connects to that port for whatever URL. */
  OkHttpClient http(int port) {
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
        .readTimeout(Duration.ofSeconds(30))
        .addInterceptor(
            chain ->
                chain.proceed(
                    chain
                        .request()
                        .newBuilder()
                        .url(chain.request().url().newBuilder().port(port).build())
                        .build()))
        .build();
  }

  TokenSource tokens(JobClaims job) {
    return audience -> issuer.token(job, audience);
  }

  /** Asks as the job that the policy is for. */
  Exchanged ask(CredentialService service, String... names) throws Exception {
    return client(service).exchange(List.of(names), tokens(JOB));
  }

  byte[] request() throws Exception {
    return request(TokenForge::good);
  }

  /** A request whose answer nobody opens. */
  byte[] request(Function<TokenForge, String> token) throws Exception {
    try (HpkeIdentity identity = HpkeIdentity.fresh(random)) {
      String audience = URL.audience(identity.recipient());
      return new Asking.ForCredentials(
              "request",
              identity.recipient(),
              List.of(STORED),
              token.apply(issuer.forge(JOB, audience)))
          .bytes();
    }
  }

  int post(CredentialService service, byte[] request) throws Exception {
    try (Response response = response(service, Wire.CREDENTIALS_PAGE, request)) {
      return response.code();
    }
  }

  byte[] send(CredentialService service, String page, byte[] request) throws Exception {
    try (Response response = response(service, page, request)) {
      return response.body().bytes();
    }
  }

  Response response(CredentialService service, String page, byte[] request) throws Exception {
    return http(service.port())
        .newCall(
            new Request.Builder()
                .url(URL.page(page).toString())
                .post(RequestBody.create(request, MediaType.get("application/json")))
                .build())
        .execute();
  }

  int get(CredentialService service, String page) throws Exception {
    try (Response response = got(service, page)) {
      return response.code();
    }
  }

  String text(CredentialService service, String page) throws Exception {
    try (Response response = got(service, page)) {
      return response.body().string();
    }
  }

  Response got(CredentialService service, String page) throws Exception {
    return http(service.port())
        .newCall(new Request.Builder().url(URL.page(page).toString()).build())
        .execute();
  }

  /** What the audit log has besides starts of the service; it must be intact. */
  List<AuditEntry> audit() throws Exception {
    try (ServiceKeys keys = ServiceKeys.in(state, random, Clock.systemUTC())) {
      List<AuditEntry> entries = new ArrayList<>();
      AuditVerdict verdict =
          new AuditLog(state.resolve("audit"), keys.audit(), Clock.systemUTC()).read(entries::add);
      if (!(verdict instanceof AuditVerdict.Intact)) {
        throw new AssertionError(verdict);
      }
      entries.removeIf(entry -> entry.event().why().startsWith("started"));
      return entries;
    }
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable service : opened) {
      service.close();
    }
    issuer.close();
    storeKey.close();
    owner.close();
  }
}
