/** What an action needs from the runner that runs it. */
@NullMarked
package io.github.cachemesh.actions;

import org.jspecify.annotations.NullMarked;
