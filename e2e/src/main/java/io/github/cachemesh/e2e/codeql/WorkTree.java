package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.testkit.clients.ClientProcess;
import io.github.cachemesh.testkit.clients.ClientRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository on disk, changed by the real git only. For one thread at a time. */
final class WorkTree {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Map<String, String> IDENTITY =
      Map.of(
          "GIT_CONFIG_NOSYSTEM", "1",
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_AUTHOR_NAME", "e2e",
          "GIT_AUTHOR_EMAIL", "e2e@localhost",
          "GIT_COMMITTER_NAME", "e2e",
          "GIT_COMMITTER_EMAIL", "e2e@localhost");

  private final Path root;

  WorkTree(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path path(String file) {
    return root.resolve(file);
  }

  /**
   * What git prints, without the line break at its end.
   *
   * @throws IOException with what it says when it fails
   */
  String git(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "protocol.file.allow=always",
                "-c",
                "core.quotePath=false",
                // Nothing is to run on in the background.
                "-c",
                "gc.auto=0",
                "-c",
                "maintenance.auto=false"));
    command.addAll(List.of(arguments));
    ClientRun run = new ClientProcess(root, IDENTITY, TIMEOUT).run(command);
    if (!run.succeeded()) {
      throw new IOException(String.join(" ", command) + ": " + run.stderr().strip());
    }
    return run.stdout().stripTrailing();
  }

  String head() throws IOException {
    return git("rev-parse", "HEAD");
  }

  String tree(String commit) throws IOException {
    return git("rev-parse", commit + "^{tree}");
  }

  /** Commits all that has changed. */
  void commit(String message) throws IOException {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
  }

  /** Tracked files that are no submodules, as git lists them. */
  List<String> trackedFiles() throws IOException {
    return List.of(git("ls-files", "-z", "--", ":(exclude)lib/sub").split("\0"));
  }

  void write(String file, String text) throws IOException {
    Files.createDirectories(path(file).getParent());
    Files.writeString(path(file), text);
  }
}
