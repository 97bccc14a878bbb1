package io.github.cachemesh.core.http;

import java.time.Instant;

/**
 * GitHub's word that a principal may see a body and that it was current: a 200 that carried it or a
 * 304 for it.
 *
 * @param tag the ETag that GitHub gave this principal, never handed to another one
 * @param at when GitHub answered
 */
public record Proof(Principal principal, EntityTag tag, Instant at) {}
