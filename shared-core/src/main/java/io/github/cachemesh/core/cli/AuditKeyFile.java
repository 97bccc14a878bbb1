package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditKey;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/** Makes the key of an audit log, and never in place of one that is lost. */
final class AuditKeyFile {
  private AuditKeyFile() {}

  /**
   * Makes it.
   *
   * @return false when there is one already
   */
  static boolean create(AuditOptions options, Surroundings surroundings) throws IOException {
    Path file = options.keyFile(surroundings);
    if (options.keyIsInEnvironment(surroundings) || Files.exists(file)) {
      return false;
    }
    Path folder = options.folder(surroundings);
    if (hasLog(folder)) {
      throw CommandFailure.failed(
          "%s has a log whose key is not at %s: bring that back or name it by --audit-key-file, or"
                  .formatted(folder, file)
              + " log to another --audit-dir");
    }
    byte[] text = AuditKey.freshText(new SecureRandom());
    try {
      return PrivateFiles.create(file, surroundings.clock().instant(), ByteBuffer.wrap(text));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static boolean hasLog(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "audit-*.jsonl")) {
      return files.iterator().hasNext();
    }
  }
}
