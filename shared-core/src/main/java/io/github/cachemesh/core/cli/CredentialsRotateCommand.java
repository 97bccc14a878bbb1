package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Entry;
import io.github.cachemesh.core.credential.Expiry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rotate",
    description =
        "Give a credential a new value, which lives as long from now on as the last one did.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials rotate NPM_TOKEN",
      "  issue-token | cachemesh credentials rotate NPM_TOKEN --stdin --expires 30d"
    })
final class CredentialsRotateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final RecordOptions record = new RecordOptions();

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "Another life: 90d, 12h, 30m, a moment as 2027-01-31T00:00:00Z, never.")
  @Nullable String expires;

  @Mixin final SecretInput input = new SecretInput();

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsRotateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Expiry expiry = expires == null ? null : Life.parse(expires, surroundings.clock().instant());
    try (StoreSession session = StoreSession.begin(access, surroundings)) {
      byte[] value = input.read("New value of " + record.asked(), surroundings);
      List<String> whats = new ArrayList<>(List.of(record.asked()));
      try {
        Entry entry =
            session.change(
                AuditAction.ROTATE,
                whats,
                editor -> {
                  CredentialId id = record.in(editor.overview());
                  whats.set(0, id.toString());
                  return expiry == null
                      ? editor.rotate(id, value)
                      : editor.rotate(id, value, expiry);
                });
        Entry.Version version = entry.versions().getFirst();
        surroundings
            .out()
            .println(
                "%s has version %d, until %s"
                    .formatted(entry.id(), version.number(), version.expires()));
      } finally {
        Arrays.fill(value, (byte) 0);
      }
    }
    return 0;
  }
}
