/** The demo: the main job of the project, run by gh, octokit and curl. */
@NullMarked
package io.github.cachemesh.e2e;

import org.jspecify.annotations.NullMarked;
