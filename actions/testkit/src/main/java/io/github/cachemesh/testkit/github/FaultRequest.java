package io.github.cachemesh.testkit.github;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A fault as the control endpoint takes it: {@code paths} (a pattern over path and query), {@code
 * times} (default 1) and one of {@code status}, {@code reset: true} and {@code silence: true}. None
 * of them withdraws every fault.
 */
record FaultRequest(Optional<Fault> fault, String paths, int times) {
  static FaultRequest read(String json) {
    JsonNode fields = Json.MAPPER.readTree(json);
    return new FaultRequest(
        fault(fields), fields.path("paths").asString(".*"), fields.path("times").asInt(1));
  }

  private static Optional<Fault> fault(JsonNode fields) {
    if (fields.has("status")) {
      return Optional.of(new Fault.Status(fields.path("status").asInt()));
    }
    if (fields.path("reset").asBoolean(false)) {
      return Optional.of(new Fault.Reset());
    }
    return fields.path("silence").asBoolean(false)
        ? Optional.of(new Fault.Silence())
        : Optional.empty();
  }

  void apply(Faults faults) {
    fault.ifPresentOrElse(what -> faults.inject(paths, what, times), faults::clear);
  }
}
