package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Fields that end at this hop, RFC 9110 section 7.6.1. */
final class HopByHop {
  private static final Set<String> NAMES =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-authentication-info",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Set anew for the next hop. */
  private static final Set<String> FRAMING = Set.of("host", "content-length", "expect");

  private HopByHop() {}

  static Fields strippedRequest(Fields fields) {
    return stripped(fields).only(name -> !FRAMING.contains(name.toLowerCase(Locale.ROOT)));
  }

  static Fields stripped(Fields fields) {
    List<String> members = fields.members("Connection");
    Set<String> named =
        members.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return fields.only(
        name -> {
          String lower = name.toLowerCase(Locale.ROOT);
          return !NAMES.contains(lower) && !named.contains(lower);
        });
  }
}
