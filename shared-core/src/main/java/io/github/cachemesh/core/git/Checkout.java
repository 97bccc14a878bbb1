package io.github.cachemesh.core.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * A work tree and its repository, both only ever read. No process is started and nothing that the
 * repository configures is run; of its configuration only its own file counts, not a user's.
 *
 * <p>Thread-safe. Who owns the files does not matter, unlike to {@code git}. Nobody may write to
 * the work tree meanwhile: what changes after it was looked at is not seen.
 */
public final class Checkout implements AutoCloseable {
  private static final int MAX_THREADS = 8;

  private final Path workTree;
  private final Repository repository;
  private final GitObjects objects;
  private final Head head;

  private Checkout(Path workTree, Repository repository, Head head) {
    this.workTree = workTree;
    this.repository = repository;
    this.objects = new GitObjects(repository);
    this.head = head;
  }

  /**
   * Opens the checkout whose top is {@code workTree}; its {@code .git} is a folder or a file that
   * names one.
   *
   * @throws CheckoutException when there is none, it has no commit, or it is of a kind that cannot
   *     be proven
   */
  public static Checkout open(Path workTree) throws CheckoutException {
    Path top = workTree.toAbsolutePath().normalize();
    Repository repository = GitFolder.open(top);
    try {
      return new Checkout(top, repository, Head.of(repository));
    } catch (CheckoutException | RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  /** The commit of HEAD when this was opened: 40 hexadecimal digits. */
  public String head() {
    return head.commit().name();
  }

  /** The tree of that commit: 40 hexadecimal digits. */
  public String headTree() {
    return head.tree().name();
  }

  /**
   * Proves the work tree against HEAD by the bytes of every tracked file, whatever times and sizes
   * say, on as many threads as there are processors, eight at most. Each call looks anew, at the
   * HEAD of that moment.
   *
   * @param sourceRoot relative to the work tree; empty or {@code .} for all of it. Files that are
   *     not tracked, and where symbolic links point, count only below it
   * @param declaredFolders relative to the work tree, with slashes: folders in which other files
   *     may be
   * @throws IllegalArgumentException when one of them is absolute, leaves the work tree, or a
   *     declared folder is the work tree itself
   */
  public CheckoutState examine(Path sourceRoot, List<String> declaredFolders) {
    Scope scope = Scope.of(sourceRoot, declaredFolders);
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    try {
      return new Examination(scope, threads).examine(workTree, repository);
    } catch (Finding e) {
      return e.asState();
    } catch (CheckoutException e) {
      return new CheckoutState.Unfit(e.reason(), String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      // Also for what JGit throws at configuration and names that make no sense.
      return new CheckoutState.Unfit(
          Unfitness.UNSUPPORTED,
          "the checkout cannot be read: %s %s"
              .formatted(
                  e.getClass().getSimpleName(), RawNames.shown(String.valueOf(e.getMessage()))));
    }
  }

  /** Whether the commit, 40 hexadecimal digits, is among the repository's objects and whole. */
  public boolean has(String commit) {
    try {
      return tree(commit).isPresent();
    } catch (CheckoutException _) {
      return false;
    }
  }

  /**
   * The tree of a commit, both 40 hexadecimal digits; empty where the commit is not here.
   *
   * @throws CheckoutException when it cannot be read or its bytes are not those of its name
   */
  public Optional<String> tree(String commit) throws CheckoutException {
    return id(commit).isEmpty()
        ? Optional.empty()
        : objects.treeOf(id(commit).get()).map(ObjectId::name);
  }

  /**
   * A regular file as a commit or tree has it, whatever the work tree has; empty where there is
   * none. Symbolic links are not followed.
   *
   * @param commitOrTree 40 hexadecimal digits
   * @param path relative, with slashes
   * @throws CheckoutException when the file is larger than {@code maxBytes} or cannot be read
   */
  public Optional<byte[]> file(String commitOrTree, String path, int maxBytes)
      throws CheckoutException {
    Optional<ObjectId> named = id(commitOrTree);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    ObjectId tree = objects.treeOf(named.get()).orElse(named.get());
    Optional<ObjectId> file = objects.find(tree, path);
    return file.isEmpty()
        ? Optional.empty()
        : objects.read(file.get(), Constants.OBJ_BLOB, maxBytes);
  }

  /**
   * A proven checkout without the paths of a deny-list.
   *
   * @throws CheckoutException when a tree cannot be read
   */
  public Projection projected(CheckoutState.Clean clean, DenyPatterns denied)
      throws CheckoutException {
    return TreeListing.project(
        objects, ObjectId.fromString(clean.tree()), denied, clean.beyondTree());
  }

  private static Optional<ObjectId> id(String name) {
    return ObjectId.isId(name) ? Optional.of(ObjectId.fromString(name)) : Optional.empty();
  }

  @Override
  public void close() {
    repository.close();
  }
}
