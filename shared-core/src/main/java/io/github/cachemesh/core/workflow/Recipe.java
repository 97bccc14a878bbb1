package io.github.cachemesh.core.workflow;

import java.util.List;
import java.util.Optional;

/**
 * Everything in a workflow that bears on how one job builds what is scanned.
 *
 * <p>Names of steps in it are for people: the step's name, else its id, else its {@code uses} or
 * the first line of its {@code run}.
 *
 * @param text canonical JSON of the workflow's {@code env} and {@code defaults} and of the whole
 *     job, with aliases resolved and without comments and layout; to be hashed
 * @param preparation the steps between ours and init, which may change what ours has seen
 * @param build the steps between init and analyze, without {@code autobuild}, gated or not
 * @param autobuild whether an {@code autobuild} step stands between init and analyze
 * @param unkeyed the first expression outside the CodeQL steps' and our own step whose value is
 *     neither constant nor from the matrix or the runner's system, so that equal texts may build
 *     different things
 */
public record Recipe(
    String text,
    List<String> preparation,
    List<String> build,
    boolean autobuild,
    Optional<String> unkeyed) {
  public Recipe {
    preparation = List.copyOf(preparation);
    build = List.copyOf(build);
  }
}
