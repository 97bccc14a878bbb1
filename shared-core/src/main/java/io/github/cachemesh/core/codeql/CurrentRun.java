package io.github.cachemesh.core.codeql;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The run that wants to skip.
 *
 * @param ref in full, such as {@code refs/heads/main}
 * @param commit and {@code tree}: of the checkout, 40 hexadecimal digits
 * @param projectedDigest of the checkout without the files that {@code ignore-changes} drops
 * @param defaultBranch its name, such as {@code main}
 * @param pullRequest its number, in a run of a pull request
 * @param reuseMergedPullRequest the input {@code reuse-merged-pr}
 */
public record CurrentRun(
    String ref,
    String commit,
    String tree,
    Optional<String> projectedDigest,
    String defaultBranch,
    OptionalInt pullRequest,
    boolean reuseMergedPullRequest) {}
