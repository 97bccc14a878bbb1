/** What the core knows of peers; the only package that speaks libp2p. */
@NullMarked
package io.github.cachemesh.core.peer;

import org.jspecify.annotations.NullMarked;
