package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** What goes back over HTTP. */
record Reply(int status, String type, byte[] body) {
  private static final String JSON = "application/json";

  static Reply sealed(int status, byte[] answer) {
    return new Reply(status, Wire.ANSWER_TYPE, answer);
  }

  /** Nothing vouches for it: it is for people who look for the reason. */
  static Reply problem(int status, String message) {
    return json(status, Map.of("problem", message));
  }

  static Reply json(int status, Map<String, ?> members) {
    return new Reply(status, JSON, (Wire.JSON.writeValueAsString(members) + "\n").getBytes(UTF_8));
  }
}
