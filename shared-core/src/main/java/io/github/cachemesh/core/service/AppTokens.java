package io.github.cachemesh.core.service;

import io.github.cachemesh.core.github.AppException;
import io.github.cachemesh.core.github.AppGrant;
import io.github.cachemesh.core.github.GitHubApp;
import io.github.cachemesh.core.github.InstallationToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * Mints installation tokens for grants, each limited to the grant's repositories and permissions
 * and handed out with the lease that ends it. Thread-safe; blocks.
 */
final class AppTokens {
  private final Optional<GitHubApp> app;
  private final LeaseBox leases;
  private final InstantSource clock;

  /**
   * @param app empty where the service is told of none: then nothing is minted
   */
  AppTokens(Optional<GitHubApp> app, LeaseBox leases, InstantSource clock) {
    this.app = app;
    this.leases = leases;
    this.clock = clock;
  }

  /** Mints what the grant says, for a job that the policy gives it to. */
  Provided mint(String name, Grant grant, AppGrant limits, String who) {
    if (app.isEmpty()) {
      return Provided.unavailable(
          name, "grant %s: the service was started without an App".formatted(grant.id()));
    }
    try (InstallationToken token = app.get().mint(limits)) {
      try (LeasedToken leased = new LeasedToken(name, who, token.expires(), token.bytes())) {
        Instant meant = clock.instant().plus(grant.lasts());
        return new Provided.Given(
            new GrantedCredential(
                name,
                token.bytes(),
                grant.export(),
                meant.isBefore(token.expires()) ? meant : token.expires(),
                grant.id(),
                Optional.of(leases.seal(leased))),
            "grant %s: minted %s in %s"
                .formatted(grant.id(), limits.permissions(), limits.repositories()));
      }
    } catch (AppException e) {
      return Provided.unavailable(name, "grant %s: %s".formatted(grant.id(), e.getMessage()));
    }
  }

  /** Ends a minted token; one that has expired has ended. */
  Released revoke(LeasedToken leased) {
    if (!clock.instant().isBefore(leased.expires())) {
      return Released.REVOKED;
    }
    return app.isPresent() && revoke(app.get(), leased.token())
        ? Released.REVOKED
        : Released.FAILED;
  }

  /** Ends what was minted and could not be handed out; what cannot be ended expires. */
  void discard(GrantedCredential credential) {
    byte[] token = credential.value();
    try {
      if (credential.lease().isPresent() && app.isPresent()) {
        boolean _ = revoke(app.get(), token);
      }
    } finally {
      Arrays.fill(token, (byte) 0);
      credential.close();
    }
  }

  private static boolean revoke(GitHubApp app, byte[] token) {
    try {
      app.revoke(token);
      return true;
    } catch (AppException e) {
      return false;
    }
  }
}
