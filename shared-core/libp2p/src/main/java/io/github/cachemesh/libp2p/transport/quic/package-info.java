/** QUIC v1 as a transport: each UDP socket accepts connections and opens them. */
@NullMarked
package io.github.cachemesh.libp2p.transport.quic;

import org.jspecify.annotations.NullMarked;
