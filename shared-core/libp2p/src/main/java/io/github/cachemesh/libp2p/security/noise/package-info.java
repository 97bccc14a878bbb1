/** Channels secured by the Noise protocol framework, as libp2p uses it. */
@NullMarked
package io.github.cachemesh.libp2p.security.noise;

import org.jspecify.annotations.NullMarked;
