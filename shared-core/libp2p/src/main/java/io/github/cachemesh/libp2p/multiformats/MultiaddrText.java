package io.github.cachemesh.libp2p.multiformats;

import java.util.ArrayList;
import java.util.List;

/** The text of a multiaddr, {@code /protocol/value/protocol…}, taken apart. */
final class MultiaddrText {
  private MultiaddrText() {}

  static List<Component> parse(String text) {
    String trimmed = withoutTrailingSlashes(text);
    if (!trimmed.startsWith("/")) {
      throw new IllegalArgumentException("multiaddr " + text + ": does not begin with /name");
    }
    List<Component> components = new ArrayList<>();
    int position = 0;
    while (position < trimmed.length()) {
      String name = segment(trimmed, position);
      position += 1 + name.length();
      MultiaddrProtocol protocol =
          MultiaddrProtocol.byText(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "multiaddr " + text + ": unknown protocol " + name));
      if (!protocol.hasValue()) {
        components.add(Component.of(protocol));
        continue;
      }
      if (position == trimmed.length()) {
        throw new IllegalArgumentException("multiaddr " + text + ": " + name + " lacks its value");
      }
      if (protocol.codec() == ValueCodec.PATH) {
        components.add(Component.of(protocol, trimmed.substring(position)));
        break;
      }
      String value = segment(trimmed, position);
      position += 1 + value.length();
      components.add(Component.of(protocol, value));
    }
    return components;
  }

  /** What stands between the slash at {@code position} and the next one. */
  private static String segment(String text, int position) {
    int end = text.indexOf('/', position + 1);
    return text.substring(position + 1, end < 0 ? text.length() : end);
  }

  private static String withoutTrailingSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }
}
