package io.github.cachemesh.testkit.github;

import java.time.Duration;
import java.util.List;

/** The pools that GitHub counts separately, with how long a window of each lasts. */
enum LimitPool {
  CORE("core", Duration.ofHours(1)),
  SEARCH("search", Duration.ofMinutes(1)),
  GRAPHQL("graphql", Duration.ofHours(1));

  private final String resource;
  private final Duration window;

  LimitPool(String resource, Duration window) {
    this.resource = resource;
    this.window = window;
  }

  static LimitPool of(String path) {
    if (path.equals("/graphql")) {
      return GRAPHQL;
    }
    return path.startsWith("/search/") ? SEARCH : CORE;
  }

  static List<LimitPool> all() {
    return List.of(values());
  }

  String resource() {
    return resource;
  }

  Duration window() {
    return window;
  }

  /** GitHub's published allowance of points a window. */
  int allowance(Caller caller) {
    return switch (caller) {
      case Caller.Authorised(Token token) ->
          switch (this) {
            case SEARCH -> 30;
            case CORE, GRAPHQL -> token.kind() == Token.Kind.WORKFLOW ? 1_000 : 5_000;
          };
      case Caller.Anonymous _, Caller.ByApp _, Caller.Refused _ ->
          switch (this) {
            case CORE -> 60;
            case SEARCH -> 10;
            case GRAPHQL -> 0;
          };
    };
  }
}
