/** Clients of GitHub that others wrote, found or installed, and driven as processes. */
@NullMarked
package io.github.cachemesh.testkit.clients;

import org.jspecify.annotations.NullMarked;
