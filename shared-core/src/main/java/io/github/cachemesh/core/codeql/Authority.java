package io.github.cachemesh.core.codeql;

/**
 * Whether GitHub's own record authorises a stored result: a pure function. Whoever may write the
 * store may write anything into it, so nothing in it counts before GitHub has said the same.
 */
public final class Authority {
  private Authority() {}

  /** What GitHub's record says. */
  public sealed interface Verdict {
    /**
     * @param mergedPullRequest whether it holds since the pull request that was scanned has been
     *     merged as this very tree
     */
    record Authorised(boolean mergedPullRequest) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
  }
}
