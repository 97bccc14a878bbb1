package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.codeql.SavedConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the steps of github/codeql-action v4 have left in the job, as far as this process sees it.
 */
final class CodeqlTraces {
  private static final String TEMP = "CODEQL_ACTION_TEMP";
  private static final String DUMP = "CODEQL_ACTION_SARIF_DUMP_DIR";
  private static final String OUTPUT = "CODEQL_ACTION_SARIF_RESULTS_OUTPUT_DIR";
  private static final String COMPLETED = "CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY";
  private static final int MAX_CONFIG_BYTES = 4 * SavedConfig.MAX_CHARACTERS;

  private final JobFolders folders;
  private final Map<String, String> environment;

  CodeqlTraces(JobFolders folders, Map<String, String> environment) {
    this.folders = folders;
    this.environment = environment;
  }

  boolean completed() {
    return "true".equals(environment.get(COMPLETED));
  }

  /** What init saved of its configuration; empty when it cannot be read. */
  Optional<SavedConfig> config() {
    Path file = temp().resolve("config");
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_CONFIG_BYTES + 1);
      return bytes.length > MAX_CONFIG_BYTES
          ? Optional.empty()
          : SavedConfig.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Whether init has restricted the queries to the change of a pull request. */
  boolean hasDiffRanges() {
    return Files.exists(temp().resolve("pr-diff-range.json"));
  }

  private Path temp() {
    return Optional.ofNullable(environment.get(TEMP))
        .filter(named -> !named.isEmpty())
        .flatMap(folders::here)
        .orElse(folders.temp());
  }

  /**
   * The files that may be the scan's SARIF, the likeliest first: what analyze was about to upload,
   * then what CodeQL wrote.
   *
   * @param since what is older is of another job
   */
  List<Path> sarifs(Instant since) throws IOException {
    List<Path> files = new ArrayList<>();
    Optional<Path> dump = folder(DUMP);
    if (dump.isPresent()) {
      files.add(dump.get().resolve("upload.sarif"));
    }
    Optional<Path> output = folder(OUTPUT);
    if (output.isPresent() && Files.isDirectory(output.get())) {
      try (Stream<Path> found = Files.list(output.get())) {
        files.addAll(found.filter(CodeqlTraces::isOfCodeScanning).sorted().toList());
      }
    }
    List<Path> recent = new ArrayList<>();
    for (Path file : files) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && !Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
        recent.add(file);
      }
    }
    return recent;
  }

  private Optional<Path> folder(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(named -> !named.isEmpty())
        .flatMap(folders::here);
  }

  /** The other kinds of analysis have endings of their own. */
  private static boolean isOfCodeScanning(Path file) {
    String name = file.toString();
    return name.endsWith(".sarif")
        && !name.endsWith(".quality.sarif")
        && !name.endsWith(".csra.sarif");
  }
}
