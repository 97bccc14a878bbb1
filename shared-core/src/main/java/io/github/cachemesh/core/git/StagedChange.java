package io.github.cachemesh.core.git;

import java.io.IOException;
import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Names a path at which the index is not HEAD, for people. */
final class StagedChange {
  private StagedChange() {}

  static String first(Repository repository, Head head, GitIndex index) {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(head.tree());
      walk.setRecursive(true);
      int at = 0;
      while (walk.next()) {
        if (at == index.size() || !Arrays.equals(walk.getRawPath(), index.entry(at).getRawPath())) {
          boolean added =
              at < index.size()
                  && Arrays.compareUnsigned(index.entry(at).getRawPath(), walk.getRawPath()) < 0;
          return added ? GitIndex.shown(index.entry(at)) : RawNames.shown(walk.getRawPath());
        }
        FileMode mode = walk.getFileMode(0);
        if (!walk.getObjectId(0).equals(index.entry(at).getObjectId())
            || mode.getBits() != index.entry(at).getRawMode()) {
          return RawNames.shown(walk.getRawPath());
        }
        at++;
      }
      return at < index.size() ? GitIndex.shown(index.entry(at)) : "modes as Git has long not made";
    } catch (IOException | RuntimeException e) {
      return "HEAD's " + Constants.TYPE_TREE + " cannot be read to say where";
    }
  }
}
