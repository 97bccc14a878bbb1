package io.github.cachemesh.core.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * One look at a work tree, from the index to the last file: it ends with the proof that all is as
 * HEAD says, or with the first doubt. Submodules are looked at likewise, eight deep at most.
 */
final class Examination {
  private static final int MAX_DEPTH = 8;
  private static final int FILES_A_TASK = 64;
  private static final int FOLDERS_A_TASK = 16;

  private final Scope scope;
  private final int threads;

  Examination(Scope scope, int threads) {
    this.scope = scope;
    this.threads = threads;
  }

  /** The proof. */
  CheckoutState.Clean examine(Path top, Repository repository) throws Finding, IOException {
    checkSourceRoot(top);
    Head head = Head.of(repository);
    return examine(top, "", repository, head, 0);
  }

  private void checkSourceRoot(Path top) throws Finding {
    Path folder = top;
    for (String name : scope.sourceRoot().split("/")) {
      folder = folder.resolve(name);
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new Finding(
            Unfitness.UNSUPPORTED,
            "the source root " + RawNames.shown(scope.sourceRoot()) + " is not a folder");
      }
    }
  }

  private CheckoutState.Clean examine(
      Path top, String prefix, Repository repository, Head head, int depth)
      throws Finding, IOException {
    if (GitFolder.isSparse(repository)) {
      throw new Finding(Unfitness.SPARSE, where(prefix) + " is a sparse checkout");
    }
    GitIndex index = GitIndex.read(repository.getIndexFile().toPath());
    if (!TreeIds.root(index).equals(head.tree())) {
      throw new Finding(
          Unfitness.DIRTY,
          where(prefix) + " has staged changes: " + StagedChange.first(repository, head, index));
    }
    GitObjects objects = new GitObjects(repository);
    Conversions conversions = new Conversions(index, repository, objects);
    TrackedFiles tracked = new TrackedFiles(top, index, scope, prefix, conversions);
    ParallelProof.run(
        threads, index.size(), FILES_A_TASK, FileHash::new, (at, hash) -> tracked.prove(at, hash));
    OtherFiles others = new OtherFiles(top, index, scope, prefix);
    List<byte[]> folders = folders(index);
    ParallelProof.run(
        threads,
        folders.size(),
        FOLDERS_A_TASK,
        () -> Boolean.TRUE,
        (at, _) -> others.list(folders.get(at)));
    Path exclude = repository.getCommonDirectory().toPath().resolve(Constants.INFO_EXCLUDE);
    others.judge(new IgnoreRules(top, exclude));
    return digest(top, prefix, head, index, tracked.converted(), depth);
  }

  /** The paths of all folders, each with a slash at its end except the top's. */
  private static List<byte[]> folders(GitIndex index) {
    List<byte[]> folders = new ArrayList<>();
    folders.add(new byte[0]);
    byte[] last = new byte[0];
    for (int at = 0; at < index.size(); at++) {
      byte[] path = index.entry(at).getRawPath();
      int common = Math.max(0, Arrays.mismatch(path, last));
      for (int slash = common; slash < path.length; slash++) {
        if (path[slash] == '/') {
          folders.add(Arrays.copyOf(path, slash + 1));
        }
      }
      last = path;
    }
    return folders;
  }

  private CheckoutState.Clean digest(
      Path top, String prefix, Head head, GitIndex index, Map<Integer, String> converted, int depth)
      throws Finding, IOException {
    CanonicalDigest digest = new CanonicalDigest();
    CanonicalDigest beyond = new CanonicalDigest();
    long files = 0;
    digest.put(head.tree().name());
    for (int at = 0; at < index.size(); at++) {
      DirCacheEntry entry = index.entry(at);
      digest.put(entry.getRawMode()).put(entry.getObjectId()).put(entry.getRawPath());
      String bytes = converted.get(at);
      if (bytes != null) {
        beyond.put(entry.getRawPath()).put("bytes").put(bytes);
      }
      if (entry.getFileMode() == FileMode.GITLINK) {
        CheckoutState.Clean submodule = submodule(top, prefix, entry, depth + 1);
        beyond.put(entry.getRawPath()).put("submodule").put(submodule.digest());
        files += submodule.files();
      } else {
        files++;
      }
    }
    String beyondTree = beyond.hex();
    digest.put("beyond").put(beyondTree);
    return new CheckoutState.Clean(
        head.commit().name(), head.tree().name(), digest.hex(), files, beyondTree);
  }

  private CheckoutState.Clean submodule(Path top, String prefix, DirCacheEntry entry, int depth)
      throws Finding, IOException {
    String name = prefix + GitIndex.shown(entry);
    if (depth > MAX_DEPTH) {
      throw new Finding(Unfitness.UNSUPPORTED, "submodules are nested too deep: " + name);
    }
    Path folder = RawNames.resolve(top, entry.getRawPath());
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !Files.exists(folder.resolve(GitFolder.NAME), LinkOption.NOFOLLOW_LINKS)) {
      throw new Finding(
          Unfitness.MISSING_SUBMODULE,
          name + " is not checked out: check out with submodules: recursive");
    }
    try (Repository repository = GitFolder.open(folder)) {
      Head head = Head.of(repository);
      ObjectId recorded = entry.getObjectId();
      if (!head.commit().equals(recorded)) {
        throw new Finding(
            Unfitness.DIRTY_SUBMODULE,
            "%s is at %s, not at %s".formatted(name, head.commit().name(), recorded.name()));
      }
      String within = prefix + new String(entry.getRawPath(), StandardCharsets.UTF_8) + "/";
      return examine(folder, within, repository, head, depth);
    } catch (CheckoutException e) {
      throw new Finding(e.reason(), name + ": " + e.getMessage());
    } catch (Finding e) {
      throw e.reason() == Unfitness.DIRTY ? new Finding(Unfitness.DIRTY_SUBMODULE, e.detail()) : e;
    }
  }

  private static String where(String prefix) {
    return prefix.isEmpty() ? "the checkout" : prefix;
  }
}
