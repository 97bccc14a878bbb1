package io.github.cachemesh.core.stats;

/** GitHub's rate limits, each counted for itself. */
public enum Pool {
  REST,
  GRAPHQL,
  SEARCH
}
