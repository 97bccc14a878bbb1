package io.github.cachemesh.core.http;

/**
 * Names what a GET asks for: a resource in a media type. A HEAD has the key of the GET that answers
 * it, and the key never depends on who asks.
 *
 * @param accept the exact {@code Accept} lines joined by {@code ", "}; empty where there is none
 */
public record RequestKey(ResourceKey resource, String accept) {

  /** The key of a request to {@code authority}, whose target is in origin form. */
  public static RequestKey of(String authority, String target, Fields fields) {
    String apiVersion = fields.first("X-GitHub-Api-Version").orElse("");
    return new RequestKey(
        ResourceKey.of(authority, target, apiVersion), String.join(", ", fields.all("Accept")));
  }
}
