package io.github.cachemesh.core.service;

import java.util.regex.Pattern;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What both ends of the exchange agree on, version 1: its pages, its bounds, and JSON that is read
 * strictly: no member twice, none unknown, nothing after the end.
 */
final class Wire {
  static final int VERSION = 1;

  static final String CREDENTIALS_PAGE = "/v1/credentials";
  static final String RELEASE_PAGE = "/v1/release";

  static final String REQUEST_TYPE = "application/json";
  static final String ANSWER_TYPE = "application/vnd.cachemesh.sealed-answer";

  static final int MAX_REQUEST_BYTES = 128 << 10;
  static final int MAX_ANSWER_BYTES = 16 << 20;

  static final int MAX_NAMES = 64;
  static final int MAX_LEASES = 14;
  static final int MAX_TOKEN_CHARACTERS = 16 << 10;

  /** Names of credentials, as a store has them. */
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}");

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // An exception would quote what was read, which may be a token.
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxNumberLength(20)
                          .maxStringLength(MAX_ANSWER_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Wire() {}
}
