/**
 * Who a peer is: its keys, its id, and what it signs (libp2p specs, {@code peer-ids/peer-ids.md},
 * RFC 0002 and RFC 0003).
 */
@NullMarked
package io.github.cachemesh.libp2p.identity;

import org.jspecify.annotations.NullMarked;
