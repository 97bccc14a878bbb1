/**
 * An emulator of the runner, for tests and the demo: an {@link
 * io.github.cachemesh.testkit.runner.EmulatedRunner} runs a {@link
 * io.github.cachemesh.testkit.runner.Job} whose steps are actions or commands, each in a process of
 * its own: an action's in a JVM or, under Docker, in a container of its image. A {@link
 * io.github.cachemesh.testkit.runner.WorkflowRunner} runs the jobs of a workflow file.
 */
@NullMarked
package io.github.cachemesh.testkit.runner;

import org.jspecify.annotations.NullMarked;
