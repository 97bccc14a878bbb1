package io.github.cachemesh.core.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What the service says inside the seal. */
sealed interface ServiceAnswer {

  /** The token, or what it asks for, is refused as a whole. */
  record Refused(String reason) implements ServiceAnswer {}

  /** What became of each name. */
  record Credentials(Exchanged exchanged) implements ServiceAnswer {}

  /** What became of each lease, in the order of the request. */
  record Releases(List<Released> released) implements ServiceAnswer {
    public Releases {
      released = List.copyOf(released);
    }
  }

  /** Its content, which holds the values: the caller zeroes it. */
  default byte[] bytes() {
    return switch (this) {
      case Refused(String reason) ->
          Wire.JSON.writeValueAsBytes(new Json(reason, null, null, null));
      case Releases(List<Released> released) ->
          Wire.JSON.writeValueAsBytes(new Json(null, null, null, released));
      case Credentials(Exchanged exchanged) -> bytes(exchanged);
    };
  }

  private static byte[] bytes(Exchanged exchanged) {
    List<GrantJson> granted = exchanged.granted().stream().map(GrantJson::of).toList();
    try {
      return Wire.JSON.writeValueAsBytes(new Json(null, granted, exchanged.denied(), null));
    } finally {
      granted.forEach(grant -> Arrays.fill(grant.value(), (byte) 0));
    }
  }

  static ServiceAnswer read(byte[] bytes) throws MalformedMessageException {
    try {
      return Wire.JSON.readValue(bytes, Json.class).answer();
    } catch (JacksonException | DateTimeException | IllegalArgumentException _) {
      // The cause may quote a value.
      throw malformed();
    }
  }

  private static MalformedMessageException malformed() {
    return new MalformedMessageException("the service's answer is none of this protocol");
  }

  /** One of refusal, grants with denials, and releases is there. */
  record Json(
      @Nullable String refused,
      @Nullable List<GrantJson> granted,
      @Nullable List<DeniedCredential> denied,
      @Nullable List<Released> released) {

    private ServiceAnswer answer() throws MalformedMessageException {
      if (refused != null) {
        return new Refused(refused);
      }
      if (granted != null && denied != null) {
        return new Credentials(
            new Exchanged(granted.stream().map(GrantJson::credential).toList(), denied));
      }
      if (released != null) {
        return new Releases(released);
      }
      throw malformed();
    }
  }

  record GrantJson(
      String name,
      byte[] value,
      Export export,
      String expires,
      String grant,
      @Nullable String lease) {

    private static GrantJson of(GrantedCredential credential) {
      return new GrantJson(
          credential.name(),
          credential.value(),
          credential.export(),
          credential.expires().toString(),
          credential.grant(),
          credential.lease().map(Lease::text).orElse(null));
    }

    private GrantedCredential credential() {
      return new GrantedCredential(
          name,
          value,
          export,
          Instant.parse(expires),
          grant,
          Optional.ofNullable(lease).map(Lease::parse));
    }
  }
}
