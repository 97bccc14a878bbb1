package io.github.cachemesh.core.github;

import java.util.List;

/**
 * The beginning of a list, in GitHub's order.
 *
 * @param complete false where the list goes on after the last page that was read
 */
public record Listing<T>(List<T> items, boolean complete) {
  /** Copies the items. */
  public Listing {
    items = List.copyOf(items);
  }
}
