/**
 * The muxer of TCP connections: <a
 * href="https://github.com/libp2p/specs/blob/master/yamux/README.md">yamux</a>. Its decisions are
 * free of I/O (frames, stream states, windows, keep-alive); {@code YamuxHandler} and {@code
 * Outbound} tie them to a Netty channel.
 */
@NullMarked
package io.github.cachemesh.libp2p.muxer.yamux;

import org.jspecify.annotations.NullMarked;
