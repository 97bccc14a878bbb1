/**
 * TLS 1.3 with libp2p's certificates, in which a peer's key vouches for the certificate's (libp2p
 * specs, {@code tls/tls.md} and {@code connections/inlined-muxer-negotiation.md}).
 */
@NullMarked
package io.github.cachemesh.libp2p.security.tls;

import org.jspecify.annotations.NullMarked;
