/** The run from which the AOT cache of the images is made. */
@NullMarked
package io.github.cachemesh.images.training;

import org.jspecify.annotations.NullMarked;
