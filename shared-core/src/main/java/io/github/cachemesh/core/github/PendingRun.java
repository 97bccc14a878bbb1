package io.github.cachemesh.core.github;

/** A run that has not completed. */
public record PendingRun(long id, int runNumber, String status, String url) {}
