package io.github.cachemesh.core.config;

/**
 * One line of a debug listing: a key, the value in effect, and where that came from. Holds nothing
 * secret.
 *
 * @param key dotted path, such as {@code cache.max_size}
 */
public record EffectiveValue(String key, String value, Origin origin) {
  @Override
  public String toString() {
    return key + " = " + value + " (" + origin + ")";
  }
}
