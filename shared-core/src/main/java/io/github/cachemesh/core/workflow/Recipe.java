package io.github.cachemesh.core.workflow;

/**
 * Everything in a workflow that bears on how one job builds what is scanned: with {@code
 * traced-builds} and equal matrices and systems, equal recipes build the same, as far as a workflow
 * can tell.
 *
 * @param text canonical JSON of the workflow's {@code env} and {@code defaults} and of the whole
 *     job, with aliases resolved and without comments and layout; to be hashed
 */
public record Recipe(String text) {}
