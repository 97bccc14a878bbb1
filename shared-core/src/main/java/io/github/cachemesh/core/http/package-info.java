/**
 * Requests, entries, validators and the caching decision: pure, without I/O or a clock of its own.
 */
@NullMarked
package io.github.cachemesh.core.http;

import org.jspecify.annotations.NullMarked;
