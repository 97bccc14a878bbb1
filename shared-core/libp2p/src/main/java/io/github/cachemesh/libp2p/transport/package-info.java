/** What the transports share. */
@NullMarked
package io.github.cachemesh.libp2p.transport;

import org.jspecify.annotations.NullMarked;
