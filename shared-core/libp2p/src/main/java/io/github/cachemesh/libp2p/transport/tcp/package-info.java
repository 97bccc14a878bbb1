/** Connections over TCP. */
@NullMarked
package io.github.cachemesh.libp2p.transport.tcp;

import org.jspecify.annotations.NullMarked;
