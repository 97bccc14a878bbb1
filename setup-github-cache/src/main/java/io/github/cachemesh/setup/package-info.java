/** The action that starts or joins a cache node. */
@NullMarked
package io.github.cachemesh.setup;

import org.jspecify.annotations.NullMarked;
