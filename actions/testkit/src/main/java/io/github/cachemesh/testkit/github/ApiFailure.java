package io.github.cachemesh.testkit.github;

import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An error that GitHub would answer; carries the whole reply. */
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  private ApiFailure(Reply reply, String message) {
    super(message, null, false, false);
    this.reply = reply;
  }

  static ApiFailure of(int status, String message) {
    return new ApiFailure(Reply.json(status, body(status, message)), message);
  }

  static ApiFailure of(int status, String message, Map<String, String> headers) {
    Reply reply = Reply.json(status, body(status, message));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return new ApiFailure(reply, message);
  }

  static ApiFailure notFound() {
    return of(404, "Not Found");
  }

  /** 422 as GitHub words it: which field of which resource, and a code such as missing_field. */
  static ApiFailure invalid(String resource, String field, String code) {
    ObjectNode body = body(422, "Validation Failed");
    ArrayNode errors = body.putArray("errors");
    errors.addObject().put("resource", resource).put("code", code).put("field", field);
    return new ApiFailure(Reply.json(422, body), "Validation Failed");
  }

  private static ObjectNode body(int status, String message) {
    ObjectNode body = Json.object();
    body.put("message", message);
    body.put("documentation_url", "https://docs.github.com/rest");
    body.put("status", Integer.toString(status));
    return body;
  }

  Reply reply() {
    return reply;
  }
}
