/**
 * What Cachemesh itself asks GitHub's REST API: recorded analyses, runs, commits, pull requests,
 * properties and files of one repository. Every answer, list, retry and wait is bounded.
 */
@NullMarked
package io.github.cachemesh.core.github;

import org.jspecify.annotations.NullMarked;
