package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.ProtocolId;

/**
 * A stream whose next bytes are the protocol's.
 *
 * @param stream to be used in place of the one that was negotiated on
 */
public record NegotiatedStream(ProtocolId protocol, MuxedStream stream) {}
