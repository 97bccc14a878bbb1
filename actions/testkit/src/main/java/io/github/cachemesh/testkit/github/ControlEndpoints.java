package io.github.cachemesh.testkit.github;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulator's own endpoints below {@code /_simulator/}: free, unlimited and not in the ledger.
 */
final class ControlEndpoints {
  static final String PREFIX = "/_simulator/";

  private final Ledger ledger;
  private final Runnable reset;
  private final Consumer<String> touch;

  ControlEndpoints(Ledger ledger, Runnable reset, Consumer<String> touch) {
    this.ledger = ledger;
    this.reset = reset;
    this.touch = touch;
  }

  Answer answer(ApiRequest request) {
    ObjectNode result = Json.object();
    int status = 200;
    try {
      switch (request.path().substring(PREFIX.length())) {
        case "ledger" -> describe(result);
        case "reset" -> reset.run();
        case "touch" -> touch.accept(request.query("path", ""));
        default -> {
          status = 404;
          result.put("message", "There are ledger, reset and touch?path= here");
        }
      }
    } catch (IllegalArgumentException wrong) {
      status = 400;
      result.put("message", wrong.getMessage());
    }
    DefaultHttpHeaders headers = new DefaultHttpHeaders();
    headers.set("Content-Type", Reply.JSON_TYPE);
    byte[] body = Json.compact(result).getBytes(StandardCharsets.UTF_8);
    return new Answer(status, headers, body);
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
