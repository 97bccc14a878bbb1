/**
 * The credential service: jobs exchange their OIDC token for the credentials that a policy grants.
 *
 * <p>Policy and decision are pure; the exchange is sealed to a key that the job made for it and
 * signed by the service's key, so that whatever ends TLS between them sees no value and forges no
 * answer; nothing that a job did not prove is granted.
 */
@NullMarked
package io.github.cachemesh.core.service;

import org.jspecify.annotations.NullMarked;
