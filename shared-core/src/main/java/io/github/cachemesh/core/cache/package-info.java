/** Tiers of entries: memory over disk, and what lies beyond. */
@NullMarked
package io.github.cachemesh.core.cache;

import org.jspecify.annotations.NullMarked;
