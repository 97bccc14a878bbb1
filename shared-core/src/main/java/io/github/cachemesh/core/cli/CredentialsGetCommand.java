package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.credential.Credential;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.OpenedStore;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "get",
    description =
        "Write a value, as it is, to a program or a file; to the terminal only with --show.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  NPM_TOKEN=$(cachemesh credentials get NPM_TOKEN)",
      "  cachemesh credentials get DEPLOY_KEY --output deploy.pem",
      "  cachemesh credentials get NPM_TOKEN --version-number 3 --show"
    })
final class CredentialsGetCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final RecordOptions record = new RecordOptions();

  @Option(
      names = "--version-number",
      paramLabel = "N",
      description = "That of its versions; the newest unless given.")
  @Nullable Integer version;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write there, for this user alone, and not to standard output.")
  @Nullable Path output;

  @Option(names = "--show", description = "That the terminal may show it.")
  boolean show;

  @Option(names = "--even-expired", description = "Also when its time is over.")
  boolean evenExpired;

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsGetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (output == null && !show && surroundings.terminal().isShown()) {
      throw CommandFailure.usage(
          "the terminal would show %s: pipe it, write it by --output FILE, or add --show"
              .formatted(record.asked()));
    }
    List<String> whats = new ArrayList<>(List.of(record.asked()));
    try (StoreSession session = StoreSession.begin(access, surroundings);
        Credential credential =
            session.trail().attempt(AuditAction.GET, whats, () -> find(session, whats))) {
      String which = "version %d".formatted(credential.version());
      if (credential.expires().isPast(surroundings.clock().instant()) && !evenExpired) {
        session.trail().tell(AuditAction.GET, whats.getFirst(), AuditOutcome.EXPIRED, which);
        throw CommandFailure.failed(
            "%s expired at %s: rotate it, or add --even-expired"
                .formatted(credential.id(), credential.expires()));
      }
      session.trail().tell(AuditAction.GET, whats.getFirst(), AuditOutcome.DONE, which);
      write(credential);
    }
    return 0;
  }

  private Credential find(StoreSession session, List<String> whats) throws IOException {
    try (OpenedStore opened = session.open()) {
      CredentialId id = record.in(opened.overview());
      whats.set(0, id.toString());
      return version == null ? opened.value(id) : opened.value(id, version);
    }
  }

  private void write(Credential credential) throws IOException {
    byte[] value = credential.value();
    try {
      if (output != null) {
        PrivateFiles.replace(output, surroundings.clock().instant(), ByteBuffer.wrap(value));
        return;
      }
      surroundings.out().write(value);
      if (surroundings.terminal().isShown()) {
        surroundings.out().println();
      }
      surroundings.out().flush();
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }
}
