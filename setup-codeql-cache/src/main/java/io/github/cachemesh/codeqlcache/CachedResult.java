package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.InheritedOwner;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The one file that a later step uploads: it lists open alerts, so only the user of the job's steps
 * may read it, and it goes with the job.
 */
final class CachedResult {
  private static final String FILE = "codeql.sarif";

  private final JobFolders folders;
  private final Path folder;

  /**
   * @param step its id, since a job may have several
   */
  CachedResult(JobFolders folders, String step) {
    this.folders = folders;
    this.folder = folders.temp().resolve("cachemesh-codeql-result-" + FileNames.safe(step));
  }

  /**
   * Writes it.
   *
   * @param gzippedSarif verified, so that its length is known to be bounded
   * @return its path as the steps know it
   */
  Path write(byte[] gzippedSarif) throws IOException {
    PrivateFiles.createFolder(folder);
    InheritedOwner.give(folder);
    Path file = folder.resolve(FILE);
    Files.deleteIfExists(file);
    Path draft = Files.createTempFile(folder, "draft", ".part");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzippedSarif));
        OutputStream out = Files.newOutputStream(draft)) {
      in.transferTo(out);
    }
    InheritedOwner.give(draft);
    Files.move(draft, file);
    return folders.ofSteps(file);
  }

  /** Deletes it, for folders that no runner empties. */
  void delete() throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
    Files.deleteIfExists(folder);
  }
}
