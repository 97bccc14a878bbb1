package io.github.cachemesh.core.proxy;

import java.util.Locale;

/**
 * A host that the proxy forwards to: an exact name, or {@code *.} and a suffix for every name below
 * it.
 *
 * @param text lower case
 */
record HostPattern(String text) {

  HostPattern {
    text = text.toLowerCase(Locale.ROOT);
    String name = text.startsWith("*.") ? text.substring(2) : text;
    if (name.isEmpty() || name.contains("*") || name.contains("/")) {
      throw new IllegalArgumentException("not a host or a pattern such as *.example.com: " + text);
    }
  }

  boolean matches(String host) {
    return text.startsWith("*.") ? host.endsWith(text.substring(1)) : host.equals(text);
  }
}
