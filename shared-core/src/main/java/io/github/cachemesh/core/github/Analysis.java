package io.github.cachemesh.core.github;

import java.time.Instant;
import java.util.Optional;

/**
 * A code scanning analysis as GitHub recorded it. The fields are those of its REST API.
 *
 * @param ref such as {@code refs/heads/main} or {@code refs/pull/7/merge}
 * @param analysisKey {@code path/of/workflow.yml:job}, or {@code (default)} for uploads by API
 * @param environment the job's matrix as JSON; {@code {}} for none
 * @param category the SARIF's {@code automationDetails.id} without the last {@code /} and what
 *     follows it; empty where the record has none
 * @param error why GitHub could not process it; empty for none
 * @param warning what GitHub left out of it; empty for none
 * @param sarifId identifies the upload that it came with
 */
public record Analysis(
    long id,
    String ref,
    String commitSha,
    String analysisKey,
    String environment,
    String category,
    String error,
    String warning,
    Instant createdAt,
    int resultsCount,
    int rulesCount,
    String toolName,
    Optional<String> toolVersion,
    String sarifId,
    boolean deletable) {}
