/** A whole libp2p peer, put together from its parts. */
@NullMarked
package io.github.cachemesh.libp2p;

import org.jspecify.annotations.NullMarked;
