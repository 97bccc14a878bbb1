/** Our own peer program of the interop matrix, {@code e2e/interop/README.md}. */
@NullMarked
package io.github.cachemesh.e2e.interop;

import org.jspecify.annotations.NullMarked;
