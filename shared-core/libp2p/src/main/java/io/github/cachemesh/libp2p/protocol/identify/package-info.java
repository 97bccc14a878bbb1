/** The identify protocol: what peers tell each other of themselves, asked or pushed. */
@NullMarked
package io.github.cachemesh.libp2p.protocol.identify;

import org.jspecify.annotations.NullMarked;
