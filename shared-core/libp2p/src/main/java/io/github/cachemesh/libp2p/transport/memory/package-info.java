/** Connections within the process, for simulations and tests: nothing of it is random or real. */
@NullMarked
package io.github.cachemesh.libp2p.transport.memory;

import org.jspecify.annotations.NullMarked;
