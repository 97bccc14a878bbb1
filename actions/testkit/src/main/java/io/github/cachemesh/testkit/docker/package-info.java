/**
 * Docker as tests use it: by its own command line, with images made of this machine's files since
 * no registry is needed for a test. {@link io.github.cachemesh.testkit.docker.DockerDaemon} finds
 * or starts a daemon.
 */
@NullMarked
package io.github.cachemesh.testkit.docker;

import org.jspecify.annotations.NullMarked;
