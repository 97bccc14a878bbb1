package io.github.cachemesh.core.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cache entry of the Python original, whose {@code content_hash} was verified where it has one.
 *
 * @param key {@code operation:args:name=value}
 * @param timestamp seconds since the epoch
 * @param ttl seconds
 */
record OriginalEntry(String key, double timestamp, double ttl) {
  /** How many digits Python reads as one integer. */
  private static final int MAX_DIGITS = 4300;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(MAX_DIGITS).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws IllegalArgumentException with the reason, where it is no such entry
   */
  static OriginalEntry parse(byte[] json) {
    JsonNode file = readTree(json);
    JsonNode key = file.path("cache_key");
    if (!key.isString() || !file.has("data")) {
      throw new IllegalArgumentException("it lacks cache_key or data");
    }
    OriginalEntry entry =
        new OriginalEntry(key.stringValue(), seconds(file, "timestamp"), seconds(file, "ttl"));
    verify(text(file, "content_hash"), file.path("validation_fields"));
    return entry;
  }

  /**
   * Reads what Python's {@code json.loads} reads, up to a depth of 500 and without lone surrogates
   * in names.
   */
  static JsonNode readTree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  private static double seconds(JsonNode file, String name) {
    JsonNode value = file.path(name);
    if (!value.isNumber()) {
      throw new IllegalArgumentException("its " + name + " is not a number");
    }
    return value.doubleValue();
  }

  private static @Nullable String text(JsonNode file, String name) {
    JsonNode value = file.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new IllegalArgumentException("its " + name + " is not a string");
    }
    return value.stringValue();
  }

  private static void verify(@Nullable String contentHash, JsonNode validationFields) {
    if (contentHash == null) {
      return;
    }
    if (!validationFields.isObject()
        || !ContentHash.matches(
            contentHash, OriginalJson.dumps(validationFields).getBytes(US_ASCII))) {
      throw new IllegalArgumentException("its content_hash is not that of its validation_fields");
    }
  }

  boolean isExpired(Instant now) {
    return now.toEpochMilli() / 1000.0 - timestamp > ttl;
  }

  String fileName() {
    return key.replace('/', '_').replace(':', '_').replace('*', '_') + ".json";
  }
}
