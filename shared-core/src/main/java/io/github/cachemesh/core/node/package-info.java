/**
 * Assembles a cache node from its settings: leases, administration, what others need to find it.
 */
@NullMarked
package io.github.cachemesh.core.node;

import org.jspecify.annotations.NullMarked;
