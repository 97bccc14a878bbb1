/** A simulator of the GitHub API, for tests, the demo and benchmarks. */
@NullMarked
package io.github.cachemesh.testkit.github;

import org.jspecify.annotations.NullMarked;
