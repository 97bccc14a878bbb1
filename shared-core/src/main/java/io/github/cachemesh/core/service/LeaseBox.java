package io.github.cachemesh.core.service;

import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.DataKey;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.Sealed;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Makes leases, and opens those that it or another replica made. A lease is the token itself,
 * sealed with a key that only the service has: so no record of leases can be lost, grow, or be read
 * by who should not, and whoever holds one cannot use the token but to end it. Thread-safe.
 */
final class LeaseBox {
  private static final Aad PLACE = Aad.of("cachemesh credential service 1", "lease");

  private final DataKey key;
  private final SecureRandom random;

  /**
   * @param key remains the caller's
   */
  LeaseBox(DataKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  private record Json(String name, String who, String expires, byte[] token) {}

  /**
   * A lease of the token, which stays the caller's.
   *
   * @throws IllegalArgumentException when the token is longer than a lease can hold
   */
  Lease seal(LeasedToken leased) {
    byte[] content =
        Wire.JSON.writeValueAsBytes(
            new Json(leased.name(), leased.who(), leased.expires().toString(), leased.token()));
    try {
      byte[] box = key.seal(content, PLACE, random).bytes();
      return Lease.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(box));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * What the lease holds, which the caller closes; empty when no replica of this service made it.
   */
  Optional<LeasedToken> open(Lease lease) {
    byte[] content = {};
    try {
      byte[] box = Base64.getUrlDecoder().decode(lease.text());
      content = key.open(Sealed.of(box), PLACE);
      Json json = Wire.JSON.readValue(content, Json.class);
      return Optional.of(
          new LeasedToken(json.name(), json.who(), Instant.parse(json.expires()), json.token()));
    } catch (EnvelopeException
        | IllegalArgumentException
        | DateTimeException
        | JacksonException _) {
      return Optional.empty();
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }
}
