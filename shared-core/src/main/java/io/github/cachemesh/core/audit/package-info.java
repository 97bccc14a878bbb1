/**
 * A log of what happened to credentials that shows when it was tampered with: JSON lines, each with
 * its number and an HMAC over itself and the one before, in files of one folder that several
 * processes append to.
 *
 * <p>It never holds a credential's value. What is cut from its end shows only against an {@link
 * AuditHead} that was kept elsewhere.
 */
@NullMarked
package io.github.cachemesh.core.audit;

import org.jspecify.annotations.NullMarked;
