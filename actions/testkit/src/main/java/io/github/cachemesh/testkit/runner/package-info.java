/** An emulator of the runner, for tests and the demo. */
@NullMarked
package io.github.cachemesh.testkit.runner;

import org.jspecify.annotations.NullMarked;
