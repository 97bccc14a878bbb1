package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.git.Unfitness;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a scan was skipped, run, or not stored. The words are fixed: workflows compare with them. */
public enum Reason {
  /** The same scan is stored, and GitHub vouches for it. */
  HIT,
  /** The same, of the results that GitHub shows for this very pull request only. */
  HIT_PARTIAL,
  /** The same but for files that {@code ignore-changes} drops. */
  HIT_PROJECTED,
  /** The same, and it ran in the pull request that was merged as this very tree. */
  HIT_MERGED_PR,

  /** The input {@code enable-caching} is false. */
  DISABLED,
  /** {@code CACHEMESH_CODEQL_DISABLE} is set. */
  KILL_SWITCH,
  /** An input has a value that it cannot have. */
  INVALID_INPUT,
  /** The input {@code force} is true. */
  FORCED,
  /** The event asks for a scan of its own, such as a schedule. */
  EVENT,
  /** A merge queue's run, which code scanning does not support. */
  MERGE_GROUP,
  /** The change comes from a fork or from Dependabot. */
  FORK,
  /** The server is not github.com. */
  UNSUPPORTED_SERVER,
  /** The run is of CodeQL's default set-up. */
  DEFAULT_SETUP,
  /** The run is of code quality. */
  CODE_QUALITY,
  /** Somebody ran the job again with debug logging. */
  DEBUG_RERUN,
  /** There is no token to ask GitHub with. */
  NO_TOKEN,
  /** There is no key to open the store with. */
  NO_STORE_KEY,
  /** The workflow does not say what would be scanned, or says otherwise than the inputs. */
  UNDECLARED,
  /** Something that decides the result is named by what may move: a branch, a range, a tag. */
  UNPINNED,
  /** A build would be observed, and {@code traced-builds} is off. */
  TRACED_BUILD,
  /** No language is named, or one that is not known. */
  LANGUAGE,
  /** The machine does not say what it is. */
  UNSUPPORTED_ENVIRONMENT,

  /** There is no checkout that can be proven. */
  NO_CHECKOUT,
  /** A tracked file is not what the commit says. */
  DIRTY_TREE,
  UNTRACKED_FILES,
  IGNORED_FILES,
  SPARSE_CHECKOUT,
  /** A file is marked so that changes to it are not seen. */
  FLAGGED_FILES,
  MISSING_SUBMODULE,
  MISSING_LFS,

  /** Nothing of this category is stored. */
  NOT_STORED,
  TREE_CHANGED,
  TOOLS_CHANGED,
  ACTION_CHANGED,
  QUERIES_CHANGED,
  PACKS_CHANGED,
  CONFIG_CHANGED,
  SETTINGS_CHANGED,
  ENVIRONMENT_CHANGED,
  WORKFLOW_CHANGED,
  MATRIX_CHANGED,
  PROPERTIES_CHANGED,

  /** What is stored is older than {@code cache-ttl}. */
  EXPIRED,
  /** The stored file is not what was once written. */
  CORRUPT_ENTRY,
  INVALID_SARIF,
  /** The SARIF is beyond what GitHub takes as a whole. */
  LIMITS,
  /** The SARIF is of another category. */
  CATEGORY,
  FINGERPRINT_MISMATCH,
  /** The results are those of one pull request's changes. */
  PARTIAL,
  /** GitHub could not be asked. */
  AUTHORITY_UNREACHABLE,
  /** GitHub has no such analysis. */
  AUTHORITY_ABSENT,
  /** GitHub's analysis says otherwise, or is of a ref that does not count here. */
  AUTHORITY_MISMATCH,
  /** An older run of the workflow and ref would have the last word. */
  OLDER_RUN_PENDING,
  /** The scan did not end well, or was not one. */
  SCAN_FAILED,
  INTERNAL_ERROR;

  /** In lower case with hyphens, such as {@code tree-changed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a scan was skipped for it. */
  public boolean isHit() {
    return compareTo(HIT_MERGED_PR) <= 0;
  }

  /** The reason of a {@link #word()}. */
  public static Optional<Reason> of(String word) {
    return Arrays.stream(values()).filter(reason -> reason.word().equals(word)).findFirst();
  }

  /** Why a checkout that is unfit cannot be scanned by a stored result. */
  public static Reason of(Unfitness unfitness) {
    return switch (unfitness) {
      case NO_CHECKOUT, UNSUPPORTED -> NO_CHECKOUT;
      case DIRTY, DIRTY_SUBMODULE -> DIRTY_TREE;
      case UNTRACKED -> UNTRACKED_FILES;
      case IGNORED -> IGNORED_FILES;
      case SPARSE -> SPARSE_CHECKOUT;
      case FLAGGED -> FLAGGED_FILES;
      case MISSING_SUBMODULE -> MISSING_SUBMODULE;
      case MISSING_LFS -> MISSING_LFS;
    };
  }
}
