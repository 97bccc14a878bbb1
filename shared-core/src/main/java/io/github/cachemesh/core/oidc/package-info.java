/**
 * Who asks: verification of the OIDC tokens that GitHub gives to the jobs of its workflows, the
 * issuer's keys, and a record of the tokens that were used.
 *
 * <p>Whatever is in doubt is denied, with the reason by name. No message, log or {@code toString}
 * holds a token. What a token says is believed only after its signature was verified.
 */
@NullMarked
package io.github.cachemesh.core.oidc;

import org.jspecify.annotations.NullMarked;
