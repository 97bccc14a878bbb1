package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.oidc.OidcIssuer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a service needs: an issuer of tokens, certificates, a store with one value, a policy that
 * gives it to one job, and folders that replicas share.
 */
final class ServiceScene implements AutoCloseable {
  static final String NAME = "DEPLOY_KEY";
  static final String VALUE = "mk-e2e-the-value-of-the-deploy-key";

  /** The claims that the grant names. */
  static final List<String> NAMED =
      List.of(
          "repository_id",
          "repository_owner_id",
          "environment",
          "ref",
          "ref_protected",
          "event_name",
          "workflow_ref",
          "job_workflow_ref",
          "runner_environment");

  private final Stage stage;
  private final Path folder;
  private final OidcIssuer issuer;
  private final Certificates certificates;
  private final OwnedStore store;
  private final JobClaims job =
      JobClaims.push("octo-org/repo-1").with("ref_protected", "true").environment("production");
  private final List<String> options = new ArrayList<>();

  ServiceScene(Stage stage) throws Exception {
    this.stage = stage;
    this.folder = stage.folder("service");
    this.issuer = OidcIssuer.start();
    this.certificates = new Certificates(stage.folder("certificates"));
    this.store = OwnedStore.create(stage.folder("store"));
    store.set(NAME, VALUE, Anchor.none());
    policy(grant("deploy", job, NAMED, NAME));
  }

  /** A grant of the policy, in YAML's flow style. */
  static String grant(String id, JobClaims job, List<String> named, String what) {
    Map<String, String> who = new TreeMap<>();
    named.forEach(claim -> who.put(claim, '"' + job.text(claim) + '"'));
    return "  - {id: %s, who: %s, what: [%s], lasts: 15m, export: env}%n"
        .formatted(id, who.toString().replace("=", ": "), what);
  }

  /** Writes the policy, of those grants. */
  void policy(String... grants) throws IOException {
    Files.writeString(policyFile(), "version: 1\ngrants:\n" + String.join("", grants));
  }

  Path policyFile() {
    return folder.resolve("policy.yml");
  }

  /** Further options of each service that is started from now on. */
  void option(String... words) {
    options.addAll(List.of(words));
  }

  /** The job that the policy's grant is for. */
  JobClaims job() {
    return job;
  }

  OidcIssuer issuer() {
    return issuer;
  }

  Certificates certificates() {
    return certificates;
  }

  OwnedStore store() {
    return store;
  }

  /** Where the services log what they grant and deny. */
  AuditLines audit() {
    return new AuditLines(state().resolve("audit"));
  }

  /** Starts a service that is asked under its own address. */
  RunningService start() throws Exception {
    return start("");
  }

  /**
   * Starts a service.
   *
   * @param url under which it is asked, where a proxy stands before it; empty for its own
   */
  RunningService start(String url) throws Exception {
    Certificates.Server server = certificates.server("service");
    int port = freePort();
    Program serve =
        stage
            .credentials("serve", "--listen", "127.0.0.1:" + port)
            .and("--url", url.isEmpty() ? "https://localhost:" + port : url)
            .and("--store", store.file().toString(), "--key-file", store.key().toString())
            .and("--policy", policyFile().toString(), "--state-dir", state().toString())
            .and("--tls-cert", server.chain().toString(), "--tls-key", server.key().toString())
            .and("--issuer", issuer.uri().toString())
            .and(options.toArray(String[]::new));
    return RunningService.start(serve, port, certificates, stage.folder("logs"));
  }

  /** One that was free a moment ago: the service's URL must be known before it starts. */
  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** What replicas share besides the store. */
  Path state() {
    return folder.resolve("state");
  }

  @Override
  public void close() {
    issuer.close();
  }
}
