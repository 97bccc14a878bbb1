package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.LegacyCredentials.Refused;
import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.DataKey;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.Sealed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Python original's store, {@code credentials.json.enc}: AES-256-GCM under the key in {@code
 * .master_key}, over a map of credentials whose values are sealed with the same key once more. It
 * is read, whole or not at all, and never written. The original's times without a zone are UTC.
 */
public final class LegacyStore {
  /** The longest file. */
  public static final int MAX_BYTES = 16 << 20;

  private static final JsonMapper JSON = JsonMapper.shared();

  private LegacyStore() {}

  /**
   * Reads it.
   *
   * @param masterKey base64 of 32 bytes, as {@code .master_key} has it; stays the caller's
   * @return what the caller closes
   * @throws StoreRefusedException when the file is damaged or the key is not its own
   * @throws IOException when it cannot be read
   */
  public static LegacyCredentials read(Path file, byte[] masterKey) throws IOException {
    try (DataKey key = key(masterKey)) {
      byte[] map = opened(key, Sealed.of(bytes(file)));
      try {
        return credentials(JSON.readTree(map), key);
      } finally {
        Arrays.fill(map, (byte) 0);
      }
    } catch (EnvelopeException e) {
      throw refused(file, Objects.requireNonNull(e.getMessage()));
    } catch (JacksonException _) {
      // What the parser says may quote the content.
      throw refused(file, "what it holds is no JSON");
    } catch (NoSuchFileException _) {
      throw new StoreRefusedException(
          Fault.MISSING, "there is no store of the original at %s".formatted(file));
    }
  }

  private static StoreRefusedException refused(Path file, String why) {
    return new StoreRefusedException(Fault.NOT_AUTHENTIC, "%s is refused: %s".formatted(file, why));
  }

  private static DataKey key(byte[] masterKey) throws StoreRefusedException {
    byte[] raw = {};
    try {
      // Which skips the line's end.
      raw = Base64.getMimeDecoder().decode(masterKey);
      return KeyKind.DATA.of(raw);
    } catch (IllegalArgumentException _) {
      throw new StoreRefusedException(
          Fault.MALFORMED, "the original's key is base64 of 32 bytes, as its .master_key has it");
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new StoreRefusedException(
            Fault.OUT_OF_BOUNDS, "%s has more than %d bytes".formatted(file, MAX_BYTES));
      }
      return bytes;
    }
  }

  private static byte[] opened(DataKey key, Sealed box) throws EnvelopeException {
    return key.open(box, Aad.none());
  }

  private static LegacyCredentials credentials(JsonNode map, DataKey key) throws EnvelopeException {
    List<Credential> migrating = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    try {
      for (Map.Entry<String, JsonNode> each : map.properties()) {
        try {
          migrating.add(credential(each.getKey(), each.getValue(), key));
        } catch (StoreRefusedException | IllegalArgumentException | DateTimeException e) {
          refused.add(new Refused(each.getKey(), Objects.requireNonNull(e.getMessage())));
        }
      }
      return new LegacyCredentials(migrating, refused);
    } catch (EnvelopeException | RuntimeException e) {
      migrating.forEach(Credential::close);
      throw e;
    }
  }

  private static Credential credential(String name, JsonNode fields, DataKey key)
      throws StoreRefusedException, EnvelopeException {
    CredentialId id =
        new CredentialId(
            name, Scope.of(text(fields, "scope"), fields.path("scope_filter").asString("")));
    Instant created = time(fields, "created_at");
    Expiry expires =
        fields.path("expires_at").isNull() || fields.path("expires_at").isMissingNode()
            ? new Expiry.Never()
            : new Expiry.At(time(fields, "expires_at"));
    Sealed box = Sealed.of(decoded(text(fields, "encrypted_value")));
    byte[] value = opened(key, box);
    if (value.length == 0 || value.length > Credential.MAX_VALUE_BYTES) {
      Arrays.fill(value, (byte) 0);
      throw new IllegalArgumentException("its value is empty or too long");
    }
    return new Credential(id, 1, created, expires, value);
  }

  private static String text(JsonNode fields, String name) {
    JsonNode value = fields.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException("its '%s' is no text".formatted(name));
    }
    return value.stringValue();
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      // What the decoder says quotes a character.
      throw new IllegalArgumentException("its 'encrypted_value' is no base64");
    }
  }

  /** Seconds since 1970, as its {@code to_dict} writes them, or ISO text. */
  private static Instant time(JsonNode fields, String name) {
    JsonNode time = fields.path(name);
    if (time.isNumber()) {
      long millis = Math.round(time.doubleValue() * 1000);
      return Instant.ofEpochMilli(millis);
    }
    String iso = text(fields, name);
    return iso.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }
}
