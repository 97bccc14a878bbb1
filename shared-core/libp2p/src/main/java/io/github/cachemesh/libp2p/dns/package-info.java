/** Addresses with names become addresses with IP addresses. */
@NullMarked
package io.github.cachemesh.libp2p.dns;

import org.jspecify.annotations.NullMarked;
