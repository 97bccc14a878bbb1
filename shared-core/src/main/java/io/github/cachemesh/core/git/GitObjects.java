package io.github.cachemesh.core.git;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Objects of a repository, each hashed when it is read: what another job wrote into the store under
 * a wrong name is not believed. Replacements and grafts are not followed.
 *
 * <p>Thread-safe; each read has a bound.
 */
final class GitObjects {
  private static final int MAX_COMMIT_BYTES = 16 << 20;
  private static final int MAX_TREE_BYTES = 64 << 20;
  private static final int TREE_LINE = "tree ".length() + Constants.OBJECT_ID_STRING_LENGTH + 1;

  private final Repository repository;

  GitObjects(Repository repository) {
    this.repository = repository;
  }

  /** The bytes of an object; empty where there is none of that name and type. */
  Optional<byte[]> read(AnyObjectId id, int type, int maxBytes) throws CheckoutException {
    byte[] bytes;
    try (ObjectReader reader = repository.newObjectReader()) {
      long size = reader.getObjectSize(id, type);
      if (size > maxBytes) {
        throw new CheckoutException(
            Unfitness.UNSUPPORTED,
            "object %s has %d bytes, more than %d".formatted(id.name(), size, maxBytes));
      }
      bytes = reader.open(id, type).getCachedBytes(maxBytes);
    } catch (MissingObjectException | IncorrectObjectTypeException _) {
      return Optional.empty();
    } catch (CheckoutException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new CheckoutException(
          Unfitness.UNSUPPORTED, "object " + id.name() + " cannot be read", e);
    }
    try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
      if (!formatter.idFor(type, bytes).equals(id)) {
        throw new CheckoutException(
            Unfitness.UNSUPPORTED, "object " + id.name() + " is corrupt: its bytes hash otherwise");
      }
    }
    return Optional.of(bytes);
  }

  /** The tree of a commit; empty where the commit is not here. */
  Optional<ObjectId> treeOf(AnyObjectId commit) throws CheckoutException {
    Optional<byte[]> bytes = read(commit, Constants.OBJ_COMMIT, MAX_COMMIT_BYTES);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    byte[] head = bytes.get();
    if (head.length < TREE_LINE
        || head[TREE_LINE - 1] != '\n'
        || !Arrays.equals(head, 0, 5, Constants.encodeASCII("tree "), 0, 5)) {
      throw new CheckoutException(
          Unfitness.UNSUPPORTED, "commit " + commit.name() + " does not begin with its tree");
    }
    return Optional.of(ObjectId.fromString(head, "tree ".length()));
  }

  /** The entries of a tree; empty where the tree is not here. */
  Optional<CanonicalTreeParser> entries(AnyObjectId tree) throws CheckoutException {
    return read(tree, Constants.OBJ_TREE, MAX_TREE_BYTES).map(GitObjects::parser);
  }

  private static CanonicalTreeParser parser(byte[] bytes) {
    CanonicalTreeParser parser = new CanonicalTreeParser();
    parser.reset(bytes);
    return parser;
  }

  /** The object of a regular file at a path below a tree; symbolic links are not followed. */
  Optional<ObjectId> find(AnyObjectId tree, String path) throws CheckoutException {
    try {
      return descend(tree, path);
    } catch (RuntimeException e) {
      throw new CheckoutException(
          Unfitness.UNSUPPORTED, "a tree below " + tree.name() + " is malformed", e);
    }
  }

  private Optional<ObjectId> descend(AnyObjectId tree, String path) throws CheckoutException {
    AnyObjectId folder = tree;
    String[] names = path.split("/", -1);
    for (int depth = 0; depth < names.length; depth++) {
      Optional<CanonicalTreeParser> parser = entries(folder);
      if (parser.isEmpty() || !seek(parser.get(), names[depth])) {
        return Optional.empty();
      }
      FileMode mode = parser.get().getEntryFileMode();
      ObjectId id = parser.get().getEntryObjectId();
      if (depth == names.length - 1) {
        boolean file = mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
        return file ? Optional.of(id) : Optional.empty();
      }
      if (mode != FileMode.TREE) {
        return Optional.empty();
      }
      folder = id;
    }
    return Optional.empty();
  }

  private static boolean seek(CanonicalTreeParser parser, String name) {
    while (!parser.eof()) {
      if (parser.getEntryPathString().equals(name)) {
        return true;
      }
      parser.next(1);
    }
    return false;
  }
}
