package io.github.cachemesh.core.oidc;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the claims of one token, each of which must have the form that GitHub gives it. Messages
 * name claims and never quote them.
 */
final class ClaimsReader {
  /** The last second of the year 9999: what is later is no time. */
  private static final long MAX_SECOND = 253_402_300_799L;

  private static final int MAX_CLAIMS = 200;
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonNode claims;

  /**
   * @param json of a bounded length
   */
  ClaimsReader(String json) throws DeniedException {
    try {
      this.claims = JSON.readTree(json);
    } catch (JacksonException _) {
      // The cause would quote the claims.
      throw malformed("the claims are no JSON in which each name comes once");
    }
    if (!claims.isObject() || claims.size() > MAX_CLAIMS) {
      throw malformed("the claims are no object of at most %d members".formatted(MAX_CLAIMS));
    }
  }

  /** All claims that are texts and not empty. */
  SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> claim : claims.properties()) {
      if (claim.getValue().isString() && !claim.getValue().stringValue().isEmpty()) {
        texts.put(claim.getKey(), claim.getValue().stringValue());
      }
    }
    return texts;
  }

  String text(String name) throws DeniedException {
    JsonNode claim = required(name);
    if (!claim.isString()) {
      throw malformed("the claim '%s' is no text".formatted(name));
    }
    if (claim.stringValue().isEmpty()) {
      throw missing(name);
    }
    return claim.stringValue();
  }

  /** A number that GitHub writes as a text. */
  long id(String name) throws DeniedException {
    String text = text(name);
    if (!ID.matcher(text).matches()) {
      throw malformed("the claim '%s' is no positive decimal number".formatted(name));
    }
    return Long.parseLong(text);
  }

  Instant time(String name) throws DeniedException {
    JsonNode claim = required(name);
    if (!claim.isIntegralNumber()
        || !claim.canConvertToLong()
        || claim.longValue() < 0
        || claim.longValue() > MAX_SECOND) {
      throw malformed("the claim '%s' is no time in whole seconds".formatted(name));
    }
    return Instant.ofEpochSecond(claim.longValue());
  }

  private JsonNode required(String name) throws DeniedException {
    JsonNode claim = claims.path(name);
    if (claim.isMissingNode() || claim.isNull()) {
      throw missing(name);
    }
    return claim;
  }

  private static DeniedException missing(String name) {
    return new DeniedException(
        Denial.MISSING_CLAIM,
        ("the token has no claim '%s': see whether the configured issuer is GitHub's or a GitHub"
                + " Enterprise Server's of version 3.9 or later")
            .formatted(name));
  }

  private static DeniedException malformed(String problem) {
    return new DeniedException(Denial.MALFORMED, problem);
  }
}
