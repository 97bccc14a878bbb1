/** What the parts of a hit cost, measured with JMH. */
@NullMarked
package io.github.cachemesh.benchmarks;

import org.jspecify.annotations.NullMarked;
