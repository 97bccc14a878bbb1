package io.github.cachemesh.core.git;

import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/**
 * Names the tree that committing an index would make. It is computed from the entries alone, so no
 * tree object has to be read or believed, nor the index's own cache of trees.
 */
final class TreeIds {
  private final GitIndex index;
  private final ObjectInserter.Formatter formatter = new ObjectInserter.Formatter();
  private int next;

  private TreeIds(GitIndex index) {
    this.index = index;
  }

  static ObjectId root(GitIndex index) {
    return new TreeIds(index).tree(0);
  }

  /** The tree of the next entries that share their first {@code prefix} bytes, a slash at last. */
  private ObjectId tree(int prefix) {
    byte[] first = next < index.size() ? index.entry(next).getRawPath() : new byte[0];
    TreeFormatter tree = new TreeFormatter();
    while (next < index.size()) {
      byte[] path = index.entry(next).getRawPath();
      if (path.length < prefix || !Arrays.equals(path, 0, prefix, first, 0, prefix)) {
        break;
      }
      int slash = prefix;
      while (slash < path.length && path[slash] != '/') {
        slash++;
      }
      if (slash < path.length) {
        tree.append(path, prefix, slash - prefix, FileMode.TREE, tree(slash + 1));
      } else {
        tree.append(
            path,
            prefix,
            slash - prefix,
            index.entry(next).getFileMode(),
            index.entry(next).getObjectId());
        next++;
      }
    }
    return formatter.idFor(Constants.OBJ_TREE, tree.toByteArray());
  }
}
