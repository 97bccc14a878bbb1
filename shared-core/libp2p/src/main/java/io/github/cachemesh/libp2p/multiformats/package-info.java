/**
 * The self-describing formats of multiformats: varints, multibase, multihash, CID and multiaddr.
 * All values are immutable and bounded; all decoders refuse malformed input with {@link
 * IllegalArgumentException}.
 */
@NullMarked
package io.github.cachemesh.libp2p.multiformats;

import org.jspecify.annotations.NullMarked;
