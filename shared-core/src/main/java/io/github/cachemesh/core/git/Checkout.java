package io.github.cachemesh.core.git;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A work tree and its repository, which are only ever read; no process is started.
 *
 * <p>Thread-safe. Who owns the files does not matter, unlike to {@code git}.
 */
public final class Checkout implements AutoCloseable {
  private Checkout() {}

  /**
   * Opens the checkout whose top is {@code workTree}; its {@code .git} is a folder or a file that
   * names one.
   *
   * @throws CheckoutException when there is none, it has no commit, or it is of a kind that cannot
   *     be proven
   */
  public static Checkout open(Path workTree) throws CheckoutException {
    throw new UnsupportedOperationException();
  }

  /** The commit of HEAD: 40 hexadecimal digits. */
  public String head() {
    throw new UnsupportedOperationException();
  }

  /** The tree of HEAD: 40 hexadecimal digits. */
  public String headTree() {
    throw new UnsupportedOperationException();
  }

  /**
   * Proves the work tree against HEAD by the bytes of every tracked file, whatever times and sizes
   * say.
   *
   * @param sourceRoot relative to the work tree; empty or {@code .} for all of it. Files that are
   *     not tracked count only below it
   * @param declaredFolders relative to the work tree, with slashes: folders in which other files
   *     may be
   * @throws IllegalArgumentException when one of them is absolute, leaves the work tree, or a
   *     declared folder is the work tree itself
   */
  public CheckoutState examine(Path sourceRoot, List<String> declaredFolders) {
    throw new UnsupportedOperationException();
  }

  /** Whether the commit, 40 hexadecimal digits, is among the repository's objects. */
  public boolean has(String commit) {
    throw new UnsupportedOperationException();
  }

  /** The tree of a commit, 40 hexadecimal digits, or empty where the commit is not here. */
  public Optional<String> tree(String commit) throws CheckoutException {
    throw new UnsupportedOperationException();
  }

  /**
   * A file as a commit or tree has it, never as the work tree has it; empty where it is not a file.
   *
   * @param commitOrTree 40 hexadecimal digits
   * @param path relative, with slashes
   * @throws CheckoutException when the file is larger than {@code maxBytes} or cannot be read
   */
  public Optional<byte[]> file(String commitOrTree, String path, int maxBytes)
      throws CheckoutException {
    throw new UnsupportedOperationException();
  }

  /**
   * HEAD's tree without the paths that match a pattern: {@code *.md} matches the last name of a
   * path, a pattern with a slash the whole path from the top; {@code *} and {@code ?} do not match
   * a slash, {@code **} does. Case matters.
   */
  public Projection projected(Set<String> denied) throws CheckoutException {
    throw new UnsupportedOperationException();
  }

  /** Whether one of {@code paths} would be dropped by the patterns. */
  public static boolean drops(Set<String> denied, Collection<String> paths) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
