package io.github.cachemesh.core.git;

/** Why a checkout does not prove what a scan of it would see. */
public enum Unfitness {
  /** There is no repository, or it has no commit. */
  NO_CHECKOUT,
  /** Content, mode, symbolic link, missing file, or the index differs from HEAD. */
  DIRTY,
  /** A file under the source root that is not tracked and not ignored. */
  UNTRACKED,
  /** An ignored file under the source root. */
  IGNORED,
  /** Sparse checkout is on. */
  SPARSE,
  /** A file is marked assume-unchanged, skip-worktree or intent-to-add. */
  FLAGGED,
  /** A submodule is not checked out. */
  MISSING_SUBMODULE,
  /** A submodule is at another commit than recorded, or is itself unfit. */
  DIRTY_SUBMODULE,
  /** A Git LFS pointer lies in the place of its content. */
  MISSING_LFS,
  /** What is here cannot be proven: a filter, an index extension, SHA-256 objects, a bound. */
  UNSUPPORTED
}
