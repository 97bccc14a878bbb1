package io.github.cachemesh.core.github;

/** What a job's {@code permissions:} must grant for a request, in the workflow's own words. */
public enum Permission {
  SECURITY_EVENTS("security-events: read"),
  ACTIONS("actions: read"),
  CONTENTS("contents: read"),
  PULL_REQUESTS("pull-requests: read"),
  /** Every token of a repository has it. */
  METADATA("metadata: read");

  private final String words;

  Permission(String words) {
    this.words = words;
  }

  /** Such as {@code security-events: read}. */
  @Override
  public String toString() {
    return words;
  }
}
