/** What the cache did, counted, and the forms in which it is told: JSON and Prometheus. */
@NullMarked
package io.github.cachemesh.core.stats;

import org.jspecify.annotations.NullMarked;
