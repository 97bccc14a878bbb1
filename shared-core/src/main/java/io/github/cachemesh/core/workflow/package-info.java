/**
 * The running workflow's text: whether the CodeQL steps that a job gates do exactly what our own
 * step says they do, and which environment variables decide a scan's result. Pure: text in, verdict
 * out.
 */
@NullMarked
package io.github.cachemesh.core.workflow;

import org.jspecify.annotations.NullMarked;
