package io.github.cachemesh.core.codeql;

/**
 * The only scan that partial results may stand for: they leave out alerts outside the changes
 * between the base and the merge.
 *
 * @param pullRequest its number
 * @param mergeTree of the pull request's merge commit
 * @param baseSha the commit that it is merged into
 */
public record Partial(int pullRequest, String mergeTree, String baseSha) {}
