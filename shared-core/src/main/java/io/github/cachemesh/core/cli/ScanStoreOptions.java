package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoreKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where sealed results lie, of whom, and where the key to them is. */
final class ScanStoreOptions {
  private static final String KEY_VARIABLE = "CACHEMESH_CODEQL_STORE_KEY";
  private static final int MAX_KEY_BYTES = 4096;

  @Option(
      names = "--store-folder",
      paramLabel = "DIR",
      description = "Folder of the sealed results; .git/cachemesh-codeql unless given.")
  Path folder = Path.of(".git", "cachemesh-codeql");

  @Option(
      names = "--store-key-file",
      paramLabel = "FILE",
      description = "File with the store-key; CACHEMESH_CODEQL_STORE_KEY unless given.")
  @Nullable Path keyFile;

  @Option(
      names = "--repository-id",
      paramLabel = "N",
      description = "GitHub's number of the repository; GITHUB_REPOSITORY_ID unless given.")
  @Nullable Long repositoryId;

  ScanStore open(Surroundings surroundings) throws IOException {
    try {
      return new ScanStore(
          folder,
          repositoryId(surroundings),
          StoreKey.of(key(surroundings)),
          surroundings.clock(),
          new SecureRandom());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  long repositoryId(Surroundings surroundings) {
    return RepositoryId.of(repositoryId, surroundings);
  }

  /** Never an argument: those are for every process of the machine to see. */
  private String key(Surroundings surroundings) throws IOException {
    if (keyFile == null) {
      String key = surroundings.environment().getOrDefault(KEY_VARIABLE, "");
      if (key.isBlank()) {
        throw CommandFailure.usage(
            "no store key: set " + KEY_VARIABLE + ", or name its file by --store-key-file");
      }
      return key;
    }
    try (InputStream in = Files.newInputStream(keyFile)) {
      byte[] bytes = in.readNBytes(MAX_KEY_BYTES + 1);
      if (bytes.length > MAX_KEY_BYTES) {
        throw CommandFailure.usage(
            "--store-key-file: %s has more than %d bytes".formatted(keyFile, MAX_KEY_BYTES));
      }
      return new String(bytes, UTF_8);
    }
  }
}
