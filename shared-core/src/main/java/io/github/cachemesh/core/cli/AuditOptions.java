package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.audit.AuditKey;
import io.github.cachemesh.core.envelope.MacKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which audit log is meant and where its key is. */
final class AuditOptions {
  static final String KEY_VARIABLE = "CACHEMESH_AUDIT_KEY";

  @Option(
      names = "--audit-dir",
      paramLabel = "DIR",
      description = "Folder of the audit log; ~/.local/state/cachemesh/audit unless given.")
  @Nullable Path folder;

  @Option(
      names = "--audit-key-file",
      paramLabel = "FILE",
      description =
          "File with the log's key; CACHEMESH_AUDIT_KEY goes for it, else"
              + " ~/.config/cachemesh/audit.key.")
  @Nullable Path keyFile;

  Path folder(Surroundings surroundings) {
    return folder == null ? HostFolders.state(surroundings, "audit") : folder;
  }

  Path keyFile(Surroundings surroundings) {
    return keyFile == null ? HostFolders.settings(surroundings, "audit.key") : keyFile;
  }

  /** Whether the key is in the environment, so that there need be no file. */
  boolean keyIsInEnvironment(Surroundings surroundings) {
    return keyFile == null && !surroundings.environment().getOrDefault(KEY_VARIABLE, "").isEmpty();
  }

  /** The log's key, which the caller closes. There is none until somebody makes one. */
  MacKey key(Surroundings surroundings) throws IOException {
    if (keyIsInEnvironment(surroundings)) {
      return parse(
          KEY_VARIABLE, surroundings.environment().getOrDefault(KEY_VARIABLE, "").getBytes(UTF_8));
    }
    Path file = keyFile(surroundings);
    if (!Files.exists(file)) {
      throw CommandFailure.usage(
          "what is done to credentials is logged, and there is no key of the log at %s: make one by"
                  .formatted(file)
              + " cachemesh credentials audit init, or name yours by --audit-key-file");
    }
    return parse(file.toString(), SmallSecret.read("--audit-key-file", file));
  }

  private static MacKey parse(String from, byte[] text) {
    try {
      return AuditKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(from + " is " + e.getMessage());
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }
}
