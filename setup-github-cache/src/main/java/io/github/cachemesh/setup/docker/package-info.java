/**
 * As much of the Docker Engine API as a container needs to know itself and to start a sibling, over
 * the engine's Unix socket and without a client library: loading one takes longer than all that the
 * action does (docs/decisions/0009-docker-by-its-api.md).
 */
@NullMarked
package io.github.cachemesh.setup.docker;

import org.jspecify.annotations.NullMarked;
