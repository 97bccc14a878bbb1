/**
 * What an action needs from the runner that runs it: the counterpart of npm's
 * {@code @actions/core}. An {@link io.github.cachemesh.actions.Action} gets an {@link
 * io.github.cachemesh.actions.ActionContext}; {@link io.github.cachemesh.actions.ActionProcess} is
 * its process.
 */
@NullMarked
package io.github.cachemesh.actions;

import org.jspecify.annotations.NullMarked;
