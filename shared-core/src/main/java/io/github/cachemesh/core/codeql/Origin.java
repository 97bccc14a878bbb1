package io.github.cachemesh.core.codeql;

import java.util.OptionalInt;

/**
 * The run that scanned.
 *
 * @param commit and {@code tree}: 40 hexadecimal digits
 * @param ref in full, such as {@code refs/heads/main}
 * @param environment the job's matrix as the upload gave it
 * @param pullRequest its number, in a run of a pull request
 */
public record Origin(
    long repositoryId,
    String commit,
    String tree,
    String ref,
    String event,
    long runId,
    int runAttempt,
    String analysisKey,
    String environment,
    OptionalInt pullRequest) {}
