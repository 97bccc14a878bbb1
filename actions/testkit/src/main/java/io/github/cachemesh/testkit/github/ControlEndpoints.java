package io.github.cachemesh.testkit.github;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulator's own endpoints below {@code /_simulator/}: free, unlimited and not in the ledger.
 */
final class ControlEndpoints {
  static final String PREFIX = "/_simulator/";

  private final Ledger ledger;
  private final Faults faults;
  private final Runnable reset;
  private final Consumer<String> touch;
  private final BiFunction<String, String, JsonNode> declare;

  ControlEndpoints(
      Ledger ledger,
      Faults faults,
      Runnable reset,
      Consumer<String> touch,
      BiFunction<String, String, JsonNode> declare) {
    this.ledger = ledger;
    this.faults = faults;
    this.reset = reset;
    this.touch = touch;
    this.declare = declare;
  }

  Answer answer(ApiRequest request) {
    ObjectNode result = Json.object();
    int status = 200;
    String page = request.path().substring(PREFIX.length());
    String body = new String(request.body(), StandardCharsets.UTF_8);
    try {
      switch (page) {
        case "ledger" -> describe(result);
        case "reset" -> reset.run();
        case "touch" -> touch.accept(request.query("path", ""));
        case "fault" -> FaultRequest.read(body).apply(faults);
        default -> {
          if (Declarations.KINDS.contains(page)) {
            result.setAll((ObjectNode) declare.apply(page, body));
          } else {
            status = 404;
            result.put(
                "message",
                "There are ledger, reset, touch?path=, fault and " + Declarations.KINDS + " here");
          }
        }
      }
    } catch (IllegalArgumentException | IllegalStateException | JacksonException wrong) {
      status = 400;
      result.put("message", wrong.getMessage());
    }
    DefaultHttpHeaders headers = new DefaultHttpHeaders();
    headers.set("Content-Type", Reply.JSON_TYPE);
    byte[] content = Json.compact(result).getBytes(StandardCharsets.UTF_8);
    return new Answer(status, headers, content);
  }

  private void describe(ObjectNode result) {
    result.put("requests", ledger.count()).put("points", ledger.pointsCharged());
    ArrayNode entries = result.putArray("entries");
    for (LedgerEntry entry : ledger.requests()) {
      ObjectNode described = entries.addObject();
      described.put("sequence", entry.sequence()).put("method", entry.method());
      described.put("host", entry.host()).put("path", entry.path()).put("token", entry.token());
      described.put("conditional", entry.conditional()).put("status", entry.status());
      described.put("points", entry.points()).put("body_bytes", entry.bodyBytes());
      described.put("user_agent", entry.userAgent());
    }
  }
}
