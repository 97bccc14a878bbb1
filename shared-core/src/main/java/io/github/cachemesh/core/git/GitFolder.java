package io.github.cachemesh.core.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * Opens the repository of a work tree, of whose kinds only those are let in that are understood
 * whole.
 */
final class GitFolder {
  static final String NAME = ".git";

  private static final int MAX_LINK_BYTES = 8192;
  private static final Set<String> KNOWN_EXTENSIONS =
      Set.of(
          "noop",
          "noop-v1",
          "objectformat",
          "partialclone",
          "preciousobjects",
          "refstorage",
          "relativeworktrees",
          "worktreeconfig");

  private GitFolder() {}

  static Repository open(Path workTree) throws CheckoutException {
    IsolatedSystem.install();
    Path folder = find(workTree);
    Repository repository;
    try {
      repository =
          new FileRepositoryBuilder()
              .setFS(FS.DETECTED)
              .setGitDir(folder.toFile())
              .setWorkTree(workTree.toFile())
              .setMustExist(true)
              .build();
    } catch (IOException | RuntimeException e) {
      throw new CheckoutException(
          Unfitness.NO_CHECKOUT,
          "the repository of " + RawNames.shown(workTree.toString()) + " cannot be opened",
          e);
    }
    try {
      check(repository.getConfig());
    } catch (CheckoutException e) {
      repository.close();
      throw e;
    }
    return repository;
  }

  private static Path find(Path workTree) throws CheckoutException {
    Path entry = workTree.resolve(NAME);
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      return entry;
    }
    if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      throw new CheckoutException(
          Unfitness.NO_CHECKOUT,
          RawNames.shown(workTree.toString())
              + " holds no .git folder or file: run actions/checkout before this step");
    }
    try {
      byte[] content;
      try (var in = Files.newInputStream(entry, LinkOption.NOFOLLOW_LINKS)) {
        content = in.readNBytes(MAX_LINK_BYTES);
      }
      String text = new String(content, StandardCharsets.UTF_8).stripTrailing();
      if (!text.startsWith("gitdir:") || content.length == MAX_LINK_BYTES) {
        throw new CheckoutException(Unfitness.NO_CHECKOUT, "the file .git does not name a folder");
      }
      return workTree.resolve(text.substring("gitdir:".length()).strip()).normalize();
    } catch (CheckoutException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new CheckoutException(Unfitness.NO_CHECKOUT, "the file .git cannot be read", e);
    }
  }

  private static void check(Config config) throws CheckoutException {
    String format = config.getString("extensions", null, "objectFormat");
    if (format != null && !format.equalsIgnoreCase("sha1")) {
      throw new CheckoutException(
          Unfitness.UNSUPPORTED,
          "the repository's objects are named by " + RawNames.shown(format) + ", not by SHA-1");
    }
    for (String extension : config.getNames("extensions")) {
      if (!KNOWN_EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT))) {
        throw new CheckoutException(
            Unfitness.UNSUPPORTED,
            "the repository has an unknown extension, " + RawNames.shown(extension));
      }
    }
  }

  /** Whether the repository's or the work tree's own configuration asks for part of the tree. */
  static boolean isSparse(Repository repository) throws IOException {
    if (repository.getConfig().getBoolean("core", "sparseCheckout", false)) {
      return true;
    }
    Path own = repository.getDirectory().toPath().resolve("config.worktree");
    if (!Files.exists(own)) {
      return false;
    }
    FileBasedConfig config = new FileBasedConfig(null, own.toFile(), FS.DETECTED);
    try {
      config.load();
    } catch (ConfigInvalidException e) {
      throw new IOException("config.worktree cannot be read", e);
    }
    return config.getBoolean("core", "sparseCheckout", false);
  }
}
