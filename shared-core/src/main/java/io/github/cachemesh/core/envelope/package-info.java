/**
 * Secrets and what they are sealed with: keys of 32 bytes for one purpose each, boxes bound to what
 * they hold, keys that wrap keys, and the ways to a first key: a passphrase, an age identity, a
 * random key.
 *
 * <p>Secret bytes are arrays that are zeroed on close and that no message or {@code toString}
 * shows. What cannot be opened is refused as an {@link EnvelopeException}; nothing is opened in
 * part.
 */
@NullMarked
package io.github.cachemesh.core.envelope;

import org.jspecify.annotations.NullMarked;
