/** The ping protocol. */
@NullMarked
package io.github.cachemesh.libp2p.protocol.ping;

import org.jspecify.annotations.NullMarked;
