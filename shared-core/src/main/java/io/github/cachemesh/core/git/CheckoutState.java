package io.github.cachemesh.core.git;

/** What an examination of a checkout found. */
public sealed interface CheckoutState {

  /**
   * Every tracked file is what HEAD says, and no other file is under the source root.
   *
   * @param commit HEAD, 40 hexadecimal digits
   * @param tree the tree of HEAD, 40 hexadecimal digits
   * @param digest SHA-256, in hexadecimal, of all that was proven: the tree, each file's mode,
   *     object and path, and {@code beyondTree}; it does not depend on the commit
   * @param files how many tracked files there are, those of submodules included
   * @param beyondTree SHA-256, in hexadecimal, of what the tree alone does not say: the bytes of
   *     files whose checkout differs from their object (ends of lines, Git LFS), and the digests of
   *     submodules
   */
  record Clean(String commit, String tree, String digest, long files, String beyondTree)
      implements CheckoutState {}

  /**
   * The checkout proves nothing.
   *
   * @param detail names the first file that was found so, or what to change
   */
  record Unfit(Unfitness reason, String detail) implements CheckoutState {}
}
