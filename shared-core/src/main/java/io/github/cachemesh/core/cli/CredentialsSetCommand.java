package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Entry;
import io.github.cachemesh.core.credential.Expiry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    description = "Store a value, as a further version where there is one. Asks for the value.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials set NPM_TOKEN --scope repo:octocat/hello-world --expires 90d",
      "  cachemesh credentials set DEPLOY_KEY --scope environment:1296269:production \\",
      "    --expires never --from-file deploy.pem --reason 'new deploy host'"
    })
final class CredentialsSetCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
  String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      required = true,
      description =
          "For whom: global, repo:OWNER/NAME or repo:ID, workflow:REPO:PATH@REF, runner:NAME,"
              + " environment:REPO:NAME. The service proves repositories by id only.")
  String scope = "";

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      required = true,
      description =
          "How long it is handed out: 90d, 12h, 30m, a moment as 2027-01-31T00:00:00Z, never.")
  String expires = "";

  @Mixin final SecretInput input = new SecretInput();

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsSetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    CredentialId id = RecordOptions.named(name, RecordOptions.parsed(scope));
    Expiry expiry = Life.parse(expires, surroundings.clock().instant());
    try (StoreSession session = StoreSession.begin(access, surroundings)) {
      byte[] value = input.read("Value of " + id, surroundings);
      try {
        Entry entry =
            session.change(
                AuditAction.SET, List.of(id.toString()), editor -> editor.set(id, value, expiry));
        surroundings
            .out()
            .println(
                "stored version %d of %s, until %s"
                    .formatted(entry.versions().getFirst().number(), id, expiry));
      } finally {
        Arrays.fill(value, (byte) 0);
      }
    }
    return 0;
  }
}
