/**
 * What a skipped scan is worth: jobs that scan and jobs that skip, beside what a scan would say.
 */
@NullMarked
package io.github.cachemesh.e2e.codeql;

import org.jspecify.annotations.NullMarked;
