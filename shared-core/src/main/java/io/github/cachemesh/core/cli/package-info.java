/**
 * The {@code cachemesh} command line. Commands for people load no server classes; those are behind
 * {@code serve}.
 */
@NullMarked
package io.github.cachemesh.core.cli;

import org.jspecify.annotations.NullMarked;
