/**
 * What the layers of a libp2p stack are to each other: transports make channels, secure channels
 * prove peers, muxers make streams, protocols use them.
 */
@NullMarked
package io.github.cachemesh.libp2p.core;

import org.jspecify.annotations.NullMarked;
