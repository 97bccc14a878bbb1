package io.github.cachemesh.core.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A repository that the real {@code git} made, with no configuration but its own. */
record GitRepo(Path top) {

  /** An empty one. */
  static GitRepo init(Path top, String... options) {
    GitRepo repo = new GitRepo(top);
    try {
      Files.createDirectories(top);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = new ArrayList<>(List.of("init", "-q", "-b", "main"));
    command.addAll(List.of(options));
    repo.git(command.toArray(String[]::new));
    return repo;
  }

  /** Runs git in the work tree and gives what it prints. */
  String git(String... arguments) {
    return new String(gitBytes(arguments), StandardCharsets.UTF_8);
  }

  byte[] gitBytes(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(top.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Tester");
      environment.put("GIT_" + who + "_EMAIL", "tester@example.com");
      environment.put("GIT_" + who + "_DATE", "2026-01-01T00:00:00Z");
    }
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] printed = process.getInputStream().readAllBytes();
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(
            command + " failed: " + new String(printed, StandardCharsets.UTF_8));
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException("these tests need git on the PATH", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Path path(String name) {
    return top.resolve(name);
  }

  GitRepo write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  GitRepo write(String name, byte[] content) {
    try {
      Path file = path(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  GitRepo link(String name, String target) {
    try {
      Path file = path(name);
      Files.createDirectories(file.getParent());
      Files.createSymbolicLink(file, Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits all that is there. */
  GitRepo commit(String message) {
    git("add", "-A");
    git("commit", "-q", "-m", message);
    return this;
  }

  /** Makes the work tree what a fresh checkout is, and the index free of flags. */
  void checkOutAnew() {
    try {
      Files.deleteIfExists(path(".git/index"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git("reset", "-q", "--hard");
    git("clean", "-ffdxq");
  }

  /** What git has to say about the work tree; empty when nothing. */
  String status() {
    return git("status", "--porcelain", "--ignored");
  }

  CheckoutState examine() {
    return examine("");
  }

  CheckoutState examine(String sourceRoot, String... declared) {
    try (Checkout checkout = Checkout.open(top)) {
      return checkout.examine(Path.of(sourceRoot), List.of(declared));
    } catch (CheckoutException e) {
      return new CheckoutState.Unfit(e.reason(), e.getMessage());
    }
  }
}
