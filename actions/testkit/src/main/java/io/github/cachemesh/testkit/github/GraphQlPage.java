package io.github.cachemesh.testkit.github;

import graphql.schema.DataFetchingEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A connection: the nodes from {@code after} on, at most {@code first} of them. */
record GraphQlPage(List<JsonNode> all, int from, int to) {
  private static final int MAX_SIZE = 100;

  static GraphQlPage of(DataFetchingEnvironment env, JsonNode array) {
    return of(env, List.copyOf(array.values()));
  }

  static GraphQlPage of(DataFetchingEnvironment env, List<JsonNode> all) {
    Integer first = env.getArgument("first");
    Integer last = env.containsArgument("last") ? env.getArgument("last") : null;
    int size = Math.clamp(first != null ? first : last != null ? last : MAX_SIZE, 0, MAX_SIZE);
    int from = Math.min(position(env.getArgument("after")), all.size());
    if (first == null && last != null) {
      from = Math.max(0, all.size() - size);
    }
    return new GraphQlPage(all, from, Math.min(from + size, all.size()));
  }

  @Nullable Object field(String name) {
    return switch (name) {
      case "totalCount" -> all.size();
      case "nodes" -> all.subList(from, to);
      case "pageInfo" -> this;
      case "hasNextPage" -> to < all.size();
      case "hasPreviousPage" -> from > 0;
      case "startCursor" -> cursor(from);
      case "endCursor" -> cursor(to);
      default -> null;
    };
  }

  private static String cursor(int position) {
    byte[] text = ("cursor:" + position).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(text);
  }

  private static int position(@Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    try {
      String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
      return Math.max(0, Integer.parseInt(text.substring("cursor:".length())));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException malformed) {
      return 0;
    }
  }
}
