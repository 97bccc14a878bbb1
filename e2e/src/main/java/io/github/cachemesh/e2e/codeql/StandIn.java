package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.testkit.clients.ClientProcess;
import io.github.cachemesh.testkit.clients.ClientRun;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.NodeActionLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What stands for github/codeql-action, installed: see the README of its folder.
 *
 * @param folder with its packages
 */
record StandIn(Path folder) {
  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(3);
  private static final List<String> NPM_CI =
      List.of("npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund");

  /**
   * Copies it and fetches its packages.
   *
   * @param source the folder {@code e2e/codeql/codeql-action}
   * @param target a folder that does not exist yet
   */
  static StandIn install(Path source, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(source)) {
      for (Path path : all.filter(path -> !path.toString().contains("node_modules")).toList()) {
        Files.copy(path, target.resolve(source.relativize(path).toString()));
      }
    }
    ClientRun npm = new ClientProcess(target, Map.of(), INSTALL_TIMEOUT).run(NPM_CI);
    if (!npm.succeeded()) {
      throw new IOException("npm ci: " + npm.stdout() + npm.stderr());
    }
    return new StandIn(target);
  }

  /**
   * One of its actions.
   *
   * @param reference as a workflow names it, such as {@code github/codeql-action/init@v4}
   */
  EmulatedAction action(String reference) throws IOException {
    String name = reference.replaceFirst("^github/codeql-action/", "").replaceFirst("@.*", "");
    Path main = folder.resolve("lib/" + name + ".mjs");
    Path post = folder.resolve("lib/" + name + "-post.mjs");
    return EmulatedAction.of(
        folder.resolve(name).resolve("action.yml"),
        Files.exists(post) ? new NodeActionLauncher(main, post) : new NodeActionLauncher(main));
  }

  /** The program that {@link Oracle} asks. */
  Path oracle() {
    return folder.resolve("lib/oracle.mjs");
  }
}
