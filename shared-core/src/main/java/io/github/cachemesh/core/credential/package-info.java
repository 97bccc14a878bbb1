/**
 * Credentials in one sealed and signed file, and who may have which of them.
 *
 * <p>A scope is enforced by its key: what belongs to a scope opens with that scope's own key, which
 * holders have and nobody else. Only an owner's key signs. Whatever is in doubt is refused as a
 * {@link io.github.cachemesh.core.credential.StoreRefusedException}, by name, and no file is
 * touched. The format is described in docs/credentials.md.
 */
@NullMarked
package io.github.cachemesh.core.credential;

import org.jspecify.annotations.NullMarked;
