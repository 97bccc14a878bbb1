package io.github.cachemesh.testkit.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** One page of a list, and the {@code Link} header that leads to the others. */
record Page(List<? extends JsonNode> all, ApiRequest request, String linkPath) {
  private static final int DEFAULT_SIZE = 30;
  private static final int MAX_SIZE = 100;

  /** The page that the query's {@code page} and {@code per_page} ask for. */
  static Page of(List<? extends JsonNode> all, ApiRequest request, String linkPath) {
    return new Page(all, request, linkPath);
  }

  ArrayNode items() {
    ArrayNode items = Json.array();
    int from = Math.min((number() - 1) * size(), all.size());
    all.subList(from, Math.min(from + size(), all.size())).forEach(items::add);
    return items;
  }

  Reply reply() {
    return linked(Reply.ok(items()));
  }

  Reply linked(Reply reply) {
    int last = Math.max(1, (all.size() + size() - 1) / size());
    List<String> links = new ArrayList<>();
    if (number() > 1) {
      links.add(link(Math.min(number() - 1, last), "prev"));
    }
    if (number() < last) {
      links.add(link(number() + 1, "next"));
      links.add(link(last, "last"));
    }
    if (number() > 1) {
      links.add(link(1, "first"));
    }
    return links.isEmpty() ? reply : reply.with("Link", String.join(", ", links));
  }

  private String link(int page, String relation) {
    Map<String, String> query = new TreeMap<>(request.query());
    query.put("page", Integer.toString(page));
    String parameters =
        query.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return "<https://api.github.com" + linkPath + "?" + parameters + ">; rel=\"" + relation + "\"";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private int number() {
    return Math.max(1, positive("page", 1));
  }

  private int size() {
    return Math.clamp(positive("per_page", DEFAULT_SIZE), 1, MAX_SIZE);
  }

  private int positive(String name, int otherwise) {
    try {
      return Math.min(Integer.parseInt(request.query(name, "")), 1_000_000);
    } catch (NumberFormatException absent) {
      return otherwise;
    }
  }
}
