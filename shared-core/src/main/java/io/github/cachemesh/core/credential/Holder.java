package io.github.cachemesh.core.credential;

import java.util.List;

/**
 * Who has a key of a store. Immutable.
 *
 * @param name 1 to 100 letters, digits, dots, dashes and underscores
 * @param owner whether the key opens everything and signs
 * @param scopes what the key of another than an owner opens
 * @param protection how the key is kept
 */
public record Holder(String name, boolean owner, List<Scope> scopes, Protection protection) {
  public Holder {
    scopes = List.copyOf(scopes);
  }
}
