package io.github.cachemesh.core.service;

import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.HpkeRecipient;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A request to the service, checked: whom its answer is sealed to and what it wants. */
sealed interface Asking {
  Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** What the asker calls this request, for the audit log. */
  String id();

  HpkeRecipient recipient();

  /** The request as it is sent, at most {@link Wire#MAX_REQUEST_BYTES}. */
  byte[] bytes();

  /** Asks for credentials; the token is secret until the service has seen it. */
  record ForCredentials(String id, HpkeRecipient recipient, List<String> names, String token)
      implements Asking {
    public ForCredentials {
      names = List.copyOf(names);
    }

    @Override
    public byte[] bytes() {
      return Wire.JSON.writeValueAsBytes(
          new CredentialsJson(Wire.VERSION, id, recipient.bytes(), names, token));
    }

    static ForCredentials read(byte[] bytes) throws MalformedMessageException {
      CredentialsJson json = Asking.json(bytes, CredentialsJson.class);
      List<String> names = Asking.list("names", json.names(), Wire.MAX_NAMES);
      if (!names.stream().allMatch(name -> Wire.NAME.matcher(name).matches())
          || names.stream().distinct().count() != names.size()) {
        throw new MalformedMessageException("names: not different names of credentials");
      }
      String token = json.token();
      if (token == null || token.isEmpty() || token.length() > Wire.MAX_TOKEN_CHARACTERS) {
        throw new MalformedMessageException(
            "token: not 1 to %d characters".formatted(Wire.MAX_TOKEN_CHARACTERS));
      }
      return new ForCredentials(
          Asking.id(json.version(), json.id()), Asking.recipient(json.recipient()), names, token);
    }

    @Override
    public String toString() {
      return "ForCredentials[" + id + ", " + names + "]";
    }
  }

  /** Gives leases back. */
  record ForRelease(String id, HpkeRecipient recipient, List<Lease> leases) implements Asking {
    public ForRelease {
      leases = List.copyOf(leases);
    }

    @Override
    public byte[] bytes() {
      List<String> texts = leases.stream().map(Lease::text).toList();
      return Wire.JSON.writeValueAsBytes(
          new ReleaseJson(Wire.VERSION, id, recipient.bytes(), texts));
    }

    static ForRelease read(byte[] bytes) throws MalformedMessageException {
      ReleaseJson json = Asking.json(bytes, ReleaseJson.class);
      List<String> texts = Asking.list("leases", json.leases(), Wire.MAX_LEASES);
      List<Lease> leases;
      try {
        leases = texts.stream().map(Lease::parse).toList();
      } catch (IllegalArgumentException e) {
        throw new MalformedMessageException("leases: " + e.getMessage());
      }
      return new ForRelease(
          Asking.id(json.version(), json.id()), Asking.recipient(json.recipient()), leases);
    }
  }

  /** Members may be missing. */
  record CredentialsJson(
      int version,
      @Nullable String id,
      byte @Nullable [] recipient,
      @Nullable List<@Nullable String> names,
      @Nullable String token) {}

  /** Members may be missing. */
  record ReleaseJson(
      int version,
      @Nullable String id,
      byte @Nullable [] recipient,
      @Nullable List<@Nullable String> leases) {}

  private static <T> T json(byte[] bytes, Class<T> type) throws MalformedMessageException {
    T read = null;
    if (bytes.length <= Wire.MAX_REQUEST_BYTES) {
      try {
        read = Wire.JSON.readValue(bytes, type);
      } catch (JacksonException _) {
        // The cause may quote a token.
      }
    }
    if (read == null) {
      throw new MalformedMessageException("not a request of this protocol, in JSON");
    }
    return read;
  }

  private static String id(int version, @Nullable String id) throws MalformedMessageException {
    if (version != Wire.VERSION) {
      throw new MalformedMessageException(
          "version: this service speaks version %d".formatted(Wire.VERSION));
    }
    if (id == null || !REQUEST_ID.matcher(id).matches()) {
      throw new MalformedMessageException("id: not " + REQUEST_ID.pattern());
    }
    return id;
  }

  private static HpkeRecipient recipient(byte @Nullable [] bytes) throws MalformedMessageException {
    try {
      return HpkeRecipient.of(bytes == null ? new byte[0] : bytes);
    } catch (EnvelopeException e) {
      throw new MalformedMessageException("recipient: " + e.getMessage());
    }
  }

  private static List<String> list(
      String member, @Nullable List<@Nullable String> list, int maxLength)
      throws MalformedMessageException {
    if (list == null || list.isEmpty() || list.size() > maxLength || list.contains(null)) {
      throw new MalformedMessageException("%s: not 1 to %d texts".formatted(member, maxLength));
    }
    return list.stream().map(String::valueOf).toList();
  }
}
