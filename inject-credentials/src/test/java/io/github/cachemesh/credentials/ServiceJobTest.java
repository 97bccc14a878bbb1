package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.cachemesh.core.oidc.Issuer;
import io.github.cachemesh.core.oidc.RemoteKeys;
import io.github.cachemesh.core.service.CredentialService;
import io.github.cachemesh.core.service.PolicyFile;
import io.github.cachemesh.core.service.ServiceUrl;
import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.oidc.OidcIssuer;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.ProgramLauncher;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that take their credentials from a service, over TLS, for their OIDC token. */
class ServiceJobTest {
  private static final String VALUE = "s3cr3t-value\nof-the-service";
  private static final JobClaims PROTECTED =
      JobClaims.push("octo-org/octo-repo").environment("production");

  @TempDir Path temp;
  private final SecureRandom random = new SecureRandom();
  private final RawKey owner = RawKey.fresh(random);
  private OidcIssuer issuer;
  private EmulatedRunner runner;
  private KeySource storeKey;
  private CredentialService service;
  private String url;

  @BeforeEach
  void startService() throws Exception {
    issuer = OidcIssuer.start();
    runner = EmulatedRunner.in(temp.resolve("runner")).issuer(issuer);
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    Path workspace = Files.createDirectories(runner.folders().workspace());
    Files.writeString(workspace.resolve("ca.pem"), certificate.certificatePem());
    Path tls = Files.writeString(temp.resolve("tls.pem"), certificate.certificatePem());
    Path tlsKey = Files.writeString(temp.resolve("tls.key"), certificate.privateKeyPkcs8Pem());
    Path policy =
        Files.writeString(
            temp.resolve("policy.yml"),
            """
            version: 1
            grants:
              - id: deploy
                who: {repository_id: %s, environment: production}
                what: [DEPLOY_KEY, NONE]
                lasts: 15m
                export: file
            """
                .formatted(PROTECTED.text("repository_id")));
    SealedStore store = store();
    Issuer trusted = new Issuer(issuer.uri().toString(), issuer.keys());
    int port = freePort();
    url = "https://localhost:" + port;
    service =
        CredentialService.start(
            new CredentialService.Options(
                ServiceUrl.of(URI.create(url)),
                new InetSocketAddress("127.0.0.1", port),
                temp.resolve("state"),
                tls,
                tlsKey,
                trusted,
                CredentialService.Options.DEFAULT_REQUESTS_PER_MINUTE),
            new CredentialService.Parts(
                PolicyFile.open(policy),
                store,
                storeKey,
                Anchor.none(),
                new RemoteKeys(trusted, new OkHttpClient()),
                Optional.empty(),
                random,
                InstantSource.system()));
  }

  private SealedStore store() throws Exception {
    SealedStore store = new SealedStore(temp.resolve("s.cmstore"), random, InstantSource.system());
    StoreId id = store.create("owner", owner, StorePolicy.DEFAULT);
    storeKey = KeyText.parse(KeyText.of(id, owner));
    Scope production =
        Scope.parse("environment:%s:production".formatted(PROTECTED.text("repository_id")));
    store.change(
        owner,
        Anchor.none(),
        editor ->
            editor.set(
                new CredentialId("DEPLOY_KEY", production),
                VALUE.getBytes(UTF_8),
                new Expiry.Never()));
    return store;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    storeKey.close();
    issuer.close();
  }

  @Test
  void jobThatThePolicyNamesGetsItsFile() throws Exception {
    JobResult result = run("production", Map.of());

    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.step("inject").outputs()).containsEntry("status", "success");
    assertThat(result.step("inject").log()).contains("from the service's grant deploy");
    assertThat(result.step("use").log()).isEqualTo("***\n***\n");
    assertThat(result.post("inject").log()).contains("Nothing ends with the job of: DEPLOY_KEY.");
  }

  @Test
  void jobThatThePolicyDoesNotNameGetsNothingWhateverMayBeMissing() throws Exception {
    assertFailed(run("staging", Map.of("on-missing", "warn")), "DEPLOY_KEY: no grant");
  }

  @Test
  void whatIsGrantedAndNotThereMayBeMissing() throws Exception {
    Map<String, String> both = Map.of("credential-names", "DEPLOY_KEY,NONE");
    assertFailed(run("production", both), "NONE: ");

    Map<String, String> lenient = new HashMap<>(both);
    lenient.put("on-missing", "warn");
    assertThat(run("production", lenient).step("inject").outputs())
        .containsEntry("status", "partial");
  }

  @Test
  void workflowCannotOverruleThePolicy() throws Exception {
    assertFailed(run("production", Map.of("export", "env")), "may go to file only");
  }

  @Test
  void serviceWithAnotherKeyIsNotBelieved() throws Exception {
    assertFailed(run("production", Map.of("service-key", "A".repeat(43))), "Input 'service-key'");
    String other = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    assertFailed(run("production", Map.of("service-key", other)), "compare service-key");
  }

  @Test
  void certificateOfNoKnownAuthorityIsNotBelieved() throws Exception {
    assertFailed(run("production", Map.of("ca", "")), "Nothing was injected");
    assertFailed(run("production", Map.of("ca", "none.pem")), "Input 'ca'");
  }

  @Test
  void serviceUrlThatIsNoneIsNotQuoted() throws Exception {
    JobResult result = run("production", Map.of("service-url", "http://hunter2"));

    assertFailed(result, "Input 'service-url'");
    assertThat(result.log()).doesNotContain("hunter2");
  }

  private JobResult run(String environment, Map<String, String> more) throws Exception {
    Map<String, String> with = new HashMap<>();
    with.put("github-token", "${{ github.token }}");
    with.put("credential-names", "DEPLOY_KEY");
    with.put("service-url", url);
    with.put("service-key", service.serviceKey().toString());
    with.put("ca", "ca.pem");
    with.putAll(more);
    EmulatedAction action =
        EmulatedAction.of(Path.of("action.yml"), new ProgramLauncher(Main::action));
    return runner
        .debug(true)
        .run(
            Job.named("deploy")
                .githubToken("ghs_0123456789")
                .environment(environment)
                .idTokens()
                .marker("s3cr3t-value")
                .marker("of-the-service")
                .searchForSecrets(runner.folders().root())
                .uses("inject", action, with)
                .run("use", "sh", "-c", "cat \"$DEPLOY_KEY\""));
  }

  private static void assertFailed(JobResult result, String reason) {
    StepResult step = result.step("inject");
    assertThat(step.exitCode()).isEqualTo(1);
    assertThat(step.outputs())
        .containsEntry("credentials-injected", "0")
        .containsEntry("status", "error");
    assertThat(step.messages(Level.ERROR)).singleElement().asString().contains(reason);
  }
}
