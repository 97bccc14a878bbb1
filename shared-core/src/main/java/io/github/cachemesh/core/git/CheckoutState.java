package io.github.cachemesh.core.git;

/** What an examination of a checkout found. */
public sealed interface CheckoutState {

  /**
   * Every tracked file is what HEAD says, and no other file is under the source root.
   *
   * @param commit HEAD, 40 hexadecimal digits
   * @param tree the tree of HEAD, 40 hexadecimal digits
   * @param digest SHA-256, in hexadecimal, of all that was proven: the tree, each file's mode,
   *     object and path, what a checkout made of it where that is not the object's bytes, and the
   *     same of each submodule; it does not depend on the commit
   * @param files how many tracked files there are, those of submodules included
   */
  record Clean(String commit, String tree, String digest, long files) implements CheckoutState {}

  /**
   * The checkout proves nothing.
   *
   * @param detail names the first file that was found so, or what to change
   */
  record Unfit(Unfitness reason, String detail) implements CheckoutState {}
}
