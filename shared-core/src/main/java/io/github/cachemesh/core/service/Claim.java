package io.github.cachemesh.core.service;

import io.github.cachemesh.core.oidc.TokenClaims;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A claim of GitHub's tokens that a grant may name. Names of repositories and owners are none: they
 * are given up and taken by others; nor is {@code sub}, whose form each repository chooses.
 */
enum Claim {
  REPOSITORY_ID,
  REPOSITORY_OWNER_ID,
  ENVIRONMENT,
  REF,
  REF_PROTECTED,
  EVENT_NAME,
  WORKFLOW_REF,
  JOB_WORKFLOW_REF,
  JOB_WORKFLOW_SHA,
  RUNNER_ENVIRONMENT;

  /** As tokens and policies have it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Claim> named(String word) {
    return Arrays.stream(values()).filter(claim -> claim.word().equals(word)).findFirst();
  }

  static String words() {
    return Arrays.stream(values()).map(Claim::word).collect(Collectors.joining(", "));
  }

  /** Whether a {@code *} in a grant's value stands for any characters. */
  boolean takesGlobs() {
    return this == REF || this == WORKFLOW_REF;
  }

  Optional<String> of(TokenClaims claims) {
    return switch (this) {
      case REPOSITORY_ID -> Optional.of(Long.toString(claims.repositoryId()));
      case REPOSITORY_OWNER_ID -> Optional.of(Long.toString(claims.repositoryOwnerId()));
      case ENVIRONMENT -> claims.environment();
      case REF -> Optional.of(claims.ref());
      case REF_PROTECTED -> Optional.of(Boolean.toString(claims.refProtected()));
      case EVENT_NAME -> Optional.of(claims.eventName());
      case WORKFLOW_REF -> Optional.of(claims.workflowRef());
      case JOB_WORKFLOW_REF -> claims.jobWorkflowRef();
      case JOB_WORKFLOW_SHA -> claims.jobWorkflowSha();
      case RUNNER_ENVIRONMENT -> claims.runnerEnvironment();
    };
  }

  /** Whether a token's claim is what a grant's value says. GitHub's environments have no case. */
  boolean matches(String wanted, String found) {
    if (takesGlobs()) {
      return new Glob(wanted).matches(found);
    }
    return this == ENVIRONMENT ? wanted.equalsIgnoreCase(found) : wanted.equals(found);
  }
}
