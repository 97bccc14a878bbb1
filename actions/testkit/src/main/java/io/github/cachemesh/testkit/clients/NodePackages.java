package io.github.cachemesh.testkit.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with npm packages of exact versions, installed once and shared by later runs; the
 * folder's name follows from the packages. Safe for many processes at once: a folder appears whole.
 */
public final class NodePackages {
  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration RUN_TIMEOUT = Duration.ofMinutes(2);
  private static final List<String> INSTALL =
      List.of("install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock");

  private final Path node;
  private final Path folder;

  private NodePackages(Path node, Path folder) {
    this.node = node;
    this.folder = folder;
  }

  /**
   * Installs packages, or finds them as an earlier run left them.
   *
   * @param packages each {@code name@version}
   */
  public static Availability<NodePackages> install(String... packages) {
    Optional<Path> node = ClientProcess.find("node");
    Optional<Path> npm = ClientProcess.find("npm");
    if (node.isEmpty() || npm.isEmpty()) {
      return new Availability.Missing<>("There is no node or npm on PATH");
    }
    for (String name : packages) {
      if (!name.matches("(@[^@/]+/)?[^@/]+@[0-9][0-9A-Za-z.+-]*")) {
        throw new IllegalArgumentException("Not name@version with an exact version: " + name);
      }
    }
    Path folder = ClientCache.folder().resolve("npm-" + key(packages));
    try {
      if (!Files.isDirectory(folder)) {
        installInto(folder, npm.get(), packages);
      }
      return new Availability.Available<>(new NodePackages(node.get(), folder));
    } catch (IOException e) {
      return new Availability.Missing<>("npm cannot install: " + e.getMessage());
    }
  }

  /** The folder of one of the packages, by its name without version. */
  public Path packageFolder(String name) {
    return folder.resolve("node_modules").resolve(name);
  }

  /**
   * Runs a module (ECMAScript) that may import the packages.
   *
   * @param source the module's text
   * @throws IOException when node cannot be started or takes longer than two minutes
   */
  public ClientRun run(String source, Map<String, String> environment, String... arguments)
      throws IOException {
    // Imports are resolved from where the module is, so it must be in this folder.
    Path module = Files.createTempFile(folder, "run-", ".mjs");
    try {
      Files.writeString(module, source);
      List<String> command = new ArrayList<>(List.of(node.toString(), module.toString()));
      command.addAll(List.of(arguments));
      return new ClientProcess(folder, environment, RUN_TIMEOUT).run(command);
    } finally {
      Files.deleteIfExists(module);
    }
  }

  private static void installInto(Path folder, Path npm, String... packages) throws IOException {
    Files.createDirectories(folder.getParent());
    Path fresh = Files.createTempDirectory(folder.getParent(), "installing-");
    try {
      Files.writeString(fresh.resolve("package.json"), "{\"private\":true}\n");
      Files.writeString(fresh.resolve(".npmrc"), "omit-lockfile-registry-resolved=true\n");
      List<String> command = new ArrayList<>(List.of(npm.toString()));
      command.addAll(INSTALL);
      command.addAll(List.of(packages));
      ClientRun run = new ClientProcess(fresh, System.getenv(), INSTALL_TIMEOUT).run(command);
      if (!run.succeeded()) {
        throw new IOException(run.stderr().strip());
      }
      moveUnlessThere(fresh, folder);
    } finally {
      deleteTree(fresh);
    }
  }

  /** Another process may have been faster; its folder is as good. */
  private static void moveUnlessThere(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static String key(String... packages) {
    String[] sorted = packages.clone();
    Arrays.sort(sorted);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(String.join("\n", sorted).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
