package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.StorePolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an owner may decide for all that read a store; what is left out stays as it was. */
final class StorePolicyOptions {
  @Option(
      names = "--keep-versions",
      paramLabel = "N",
      description = "How many values a credential keeps, with its newest: 1 to 20; 2 at first.")
  @Nullable Integer keepVersions;

  @Option(
      names = "--allow-asserted",
      negatable = true,
      description =
          "Let jobs have what belongs to scopes that they only say they are in, with a warning;"
              + " not at first.")
  @Nullable Boolean allowAsserted;

  boolean isEmpty() {
    return keepVersions == null && allowAsserted == null;
  }

  /**
   * A policy with what was decided.
   *
   * @throws CommandFailure when there are too few or too many versions
   */
  StorePolicy over(StorePolicy before) {
    try {
      return new StorePolicy(
          keepVersions == null ? before.keepVersions() : keepVersions,
          allowAsserted == null ? before.assertedScopes() : allowAsserted);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--keep-versions: " + e.getMessage());
    }
  }
}
