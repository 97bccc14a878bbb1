/**
 * How two ends agree on protocols: multistream-select 1.0, for the layers of a connection and for
 * its streams.
 */
@NullMarked
package io.github.cachemesh.libp2p.negotiation;

import org.jspecify.annotations.NullMarked;
