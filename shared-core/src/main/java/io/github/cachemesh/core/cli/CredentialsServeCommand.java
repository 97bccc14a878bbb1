package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.service.CredentialService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description =
        "Give jobs the credentials that a policy grants them, for their OIDC tokens, until"
            + " SIGTERM.",
    footerHeading = "%nExample:%n",
    footer = {
      "  cachemesh credentials serve --url https://credentials.example --listen 0.0.0.0:8443 \\",
      "    --policy policy.yml --store credentials.cmstore --key-file service.cmkey \\",
      "    --state-dir /var/lib/cachemesh --tls-cert tls.pem --tls-key tls.key"
    })
final class CredentialsServeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "The service's URL as jobs are told it, https://…; tokens are made for it.")
  String url = "";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen. Default: 127.0.0.1:8443.")
  String listen = "127.0.0.1:8443";

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "Who is given what; followed as it changes.")
  Path policy = Path.of("");

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "The store; credentials.cmstore in this folder unless given.")
  Path store = Path.of(SealedStore.FILE_NAME);

  @Option(
      names = "--store-id",
      paramLabel = "ID",
      description = "Refuse any other store than this; needed where the key does not name it.")
  @Nullable String storeId;

  @Mixin final KeyOptions key = new KeyOptions();

  @Option(
      names = "--state-dir",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of the service's key, the record of used tokens and the audit log, out of the"
              + " store's folder; replicas share it.")
  Path stateDir = Path.of("");

  @Option(
      names = "--tls-cert",
      required = true,
      paramLabel = "FILE",
      description = "PEM certificates, the service's own first.")
  Path tlsCertificates = Path.of("");

  @Option(
      names = "--tls-key",
      required = true,
      paramLabel = "FILE",
      description = "PEM private key of the certificate, PKCS #8 without a passphrase.")
  Path tlsKey = Path.of("");

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description =
          "Who makes the tokens, as in their 'iss'. Default: GitHub;"
              + " https://HOST/_services/token for a GitHub Enterprise Server.")
  @Nullable String issuer;

  @Option(
      names = "--jwks-url",
      paramLabel = "URL",
      description = "Where the issuer's keys are. Default: the issuer and /.well-known/jwks.")
  @Nullable URI jwksUrl;

  @ArgGroup(exclusive = false)
  @Nullable App app;

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "Address of the GitHub API for the App. Default: https://api.github.com.")
  URI apiUrl = URI.create("https://api.github.com");

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM certificates trusted besides the JDK's, of issuer and API.")
  @Nullable Path caFile;

  @Option(
      names = "--requests-per-minute",
      paramLabel = "N",
      description = "Of one repository, at this replica. Default: 600.")
  int requestsPerMinute = CredentialService.Options.DEFAULT_REQUESTS_PER_MINUTE;

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      description = "Log there and not to standard error; 5 MiB, the last 5 MiB in FILE.1.")
  @Nullable Path logFile;

  /** The GitHub App that mints what the policy says; both or none. */
  static final class App {
    @Option(
        names = "--app-id",
        required = true,
        paramLabel = "ID",
        description = "Id or client id of the GitHub App that mints tokens.")
    String id = "";

    @Option(
        names = "--app-key-file",
        required = true,
        paramLabel = "FILE",
        description = "The App's private key, PEM.")
    Path keyFile = Path.of("");
  }

  CredentialsServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    new ServiceProcess(surroundings, this).run();
    return 0;
  }
}
