/** Makes the container images of the actions: one set of layers, a configuration for each. */
@NullMarked
package io.github.cachemesh.images;

import org.jspecify.annotations.NullMarked;
