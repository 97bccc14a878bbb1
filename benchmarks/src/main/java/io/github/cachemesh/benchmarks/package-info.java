/** What the parts of a hit cost, measured with JMH; what idle libp2p connections take. */
@NullMarked
package io.github.cachemesh.benchmarks;

import org.jspecify.annotations.NullMarked;
