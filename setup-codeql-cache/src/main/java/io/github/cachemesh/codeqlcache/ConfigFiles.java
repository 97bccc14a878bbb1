package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.codeql.ConfigFile;
import io.github.cachemesh.core.git.Checkout;
import io.github.cachemesh.core.github.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code config-file} names, as init does: a path in the workspace, or {@code
 * owner/name/path@ref} in another repository, which counts only when the ref is a commit.
 */
final class ConfigFiles {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern REMOTE = Pattern.compile("([^/@]+/[^/@]+)/([^@]+)@([0-9a-f]{40})");

  private ConfigFiles() {}

  /** The file; empty where none is named, or it cannot be had. At most 1 MiB. */
  static Optional<ConfigFile> read(
      String named, Checkout checkout, Optional<GitHubQuestions> github) {
    if (named.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (named.startsWith("./") || !named.contains("@")) {
        String path = Path.of(named).normalize().toString();
        return checkout.file(checkout.headTree(), path, MAX_BYTES).map(ConfigFile::of);
      }
      Matcher remote = REMOTE.matcher(named);
      return remote.matches() && github.isPresent()
          ? Optional.of(
              ConfigFile.of(
                  github
                      .get()
                      .files(RepositoryName.parse(remote.group(1)))
                      .read(remote.group(2), remote.group(3), MAX_BYTES)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
