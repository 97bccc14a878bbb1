package io.github.cachemesh.core.git;

import java.util.List;

/**
 * A proven checkout without the files that a deny-list drops.
 *
 * @param digest SHA-256, in hexadecimal, of the files that remain and of the patterns
 * @param dropped the paths that were dropped, in the order of the tree
 */
public record Projection(String digest, List<String> dropped) {
  public Projection {
    dropped = List.copyOf(dropped);
  }
}
