package io.github.cachemesh.core.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** The commit of HEAD and its tree. */
record Head(ObjectId commit, ObjectId tree) {

  static Head of(Repository repository) throws CheckoutException {
    ObjectId commit = null;
    try {
      Ref head = repository.exactRef(Constants.HEAD);
      commit = head == null ? null : head.getObjectId();
    } catch (IOException | RuntimeException e) {
      throw new CheckoutException(Unfitness.NO_CHECKOUT, "HEAD cannot be read", e);
    }
    if (commit == null) {
      throw new CheckoutException(Unfitness.NO_CHECKOUT, "HEAD has no commit");
    }
    String name = commit.name();
    ObjectId tree =
        new GitObjects(repository)
            .treeOf(commit)
            .orElseThrow(
                () ->
                    new CheckoutException(
                        Unfitness.NO_CHECKOUT, "the commit of HEAD is not here: " + name));
    return new Head(commit, tree);
  }
}
