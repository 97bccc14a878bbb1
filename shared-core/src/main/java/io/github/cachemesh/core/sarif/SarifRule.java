package io.github.cachemesh.core.sarif;

import java.util.Optional;

/**
 * A rule that results of a run name; equal ones are one object within a run.
 *
 * @param level of results that have none of their own
 * @param severity of security rules only
 */
public record SarifRule(String id, Level level, Optional<SecuritySeverity> severity) {}
