/**
 * A peer: it listens and dials, keeps connections within bounds, and speaks protocols on their
 * streams.
 */
@NullMarked
package io.github.cachemesh.libp2p.host;

import org.jspecify.annotations.NullMarked;
