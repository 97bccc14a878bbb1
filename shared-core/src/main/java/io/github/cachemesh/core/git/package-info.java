/**
 * A checkout as CodeQL will see it: proof that the files of a work tree are those of its commit,
 * and the commit's own objects. No process is started and nothing that a repository configures is
 * run.
 */
@NullMarked
package io.github.cachemesh.core.git;

import org.jspecify.annotations.NullMarked;
