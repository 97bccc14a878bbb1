package io.github.cachemesh.core.credential;

/**
 * What a store's owner has decided for all that read it. Immutable.
 *
 * @param keepVersions how many versions of a value are kept, 1 to 20
 * @param assertedScopes whether a job gets what belongs to scopes that it only says it has
 */
public record StorePolicy(int keepVersions, boolean assertedScopes) {
  /** Two versions; no scope without proof. */
  public static final StorePolicy DEFAULT = new StorePolicy(2, false);

  /**
   * @throws IllegalArgumentException when there are too few or too many versions
   */
  public StorePolicy {
    if (keepVersions < 1 || keepVersions > 20) {
      throw new IllegalArgumentException("1 to 20 versions can be kept, not " + keepVersions);
    }
  }
}
