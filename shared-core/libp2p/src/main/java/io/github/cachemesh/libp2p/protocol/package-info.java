/** Protocols of requests and answers, made of codecs. */
@NullMarked
package io.github.cachemesh.libp2p.protocol;

import org.jspecify.annotations.NullMarked;
