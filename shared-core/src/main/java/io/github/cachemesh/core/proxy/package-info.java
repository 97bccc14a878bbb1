/**
 * The HTTP proxy for the GitHub API: listeners, the way of a request through the cache, the
 * upstream client.
 */
@NullMarked
package io.github.cachemesh.core.proxy;

import org.jspecify.annotations.NullMarked;
