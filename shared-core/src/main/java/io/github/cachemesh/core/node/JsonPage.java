package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.proxy.OwnPages.Page;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The forms of a node's answers about itself. */
final class JsonPage {
  static final String TYPE = "application/json";

  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonPage() {}

  static Page of(int status, Object content) {
    return text(status, TYPE, JSON.writeValueAsString(content));
  }

  static Page problem(int status, String reason) {
    return of(status, Map.of("message", "cachemesh: " + reason));
  }

  static Page wrongMethod(String allowed) {
    Page page = problem(405, "this page takes " + allowed);
    return new Page(405, page.fields().with("Allow", allowed), page.body());
  }

  static Page text(int status, String type, String text) {
    return new Page(
        status, Fields.of("Content-Type", type, "Cache-Control", "no-store"), text.getBytes(UTF_8));
  }
}
