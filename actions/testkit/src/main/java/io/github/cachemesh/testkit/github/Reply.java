package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What an endpoint answers, before limits, validators and encodings are applied. Immutable, but its
 * JSON may be a live document: it is rendered under the lock of {@link ApiService}.
 *
 * @param headers further headers, with GitHub's own URLs
 * @param lastModified {@link Validator#NO_DATE} where the answer has no {@code Last-Modified}
 */
record Reply(
    int status,
    Payload payload,
    Validator validator,
    Instant lastModified,
    Map<String, String> headers) {

  static final String JSON_TYPE = "application/json; charset=utf-8";

  /** A body before it is rendered. */
  sealed interface Payload {
    /** A JSON document, whose URLs are GitHub's own. */
    record Json(JsonNode node) implements Payload {}

    /** Bytes to send as they are. */
    record Bytes(byte[] content, String type) implements Payload {}

    /** No body. */
    record Nothing() implements Payload {}
  }

  /** A JSON answer to a read; its ETag follows the formula. */
  static Reply ok(JsonNode node) {
    return json(200, node);
  }

  static Reply json(int status, JsonNode node) {
    return of(status, new Payload.Json(node), status == 200 ? Validator.FORMULA : Validator.NONE);
  }

  static Reply created(JsonNode node) {
    Reply reply = json(201, node);
    JsonNode url = node.path("url");
    return url.isString() ? reply.with("Location", url.stringValue()) : reply;
  }

  static Reply noContent() {
    return of(204, new Payload.Nothing(), Validator.NONE);
  }

  static Reply text(String content, String type) {
    return bytes(content.getBytes(StandardCharsets.UTF_8), type);
  }

  static Reply bytes(byte[] content, String type) {
    return of(200, new Payload.Bytes(content, type), Validator.FORMULA);
  }

  static Reply redirect(String location) {
    return of(302, new Payload.Nothing(), Validator.NONE).with("Location", location);
  }

  private static Reply of(int status, Payload payload, Validator validator) {
    return new Reply(status, payload, validator, Validator.NO_DATE, Map.of());
  }

  Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, payload, validator, lastModified, more);
  }

  Reply validatedBy(Validator other) {
    return new Reply(status, payload, other, lastModified, headers);
  }

  Reply modifiedAt(Instant moment) {
    return new Reply(status, payload, validator, moment, headers);
  }
}
