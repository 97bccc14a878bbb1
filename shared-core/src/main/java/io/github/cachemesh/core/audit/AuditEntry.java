package io.github.cachemesh.core.audit;

import java.time.Instant;

/**
 * An event and its place in a log. Immutable.
 *
 * @param seq its number, from 1, without gaps
 * @param at when it was logged; clocks may go back, numbers do not
 */
public record AuditEntry(long seq, Instant at, AuditEvent event) {}
