/** The perf protocol. */
@NullMarked
package io.github.cachemesh.libp2p.protocol.perf;

import org.jspecify.annotations.NullMarked;
