package io.github.cachemesh.core.config;

/** Patterns that several keys share; each is also valid in a JSON schema. */
final class Patterns {
  static final String MULTIADDR = "^/[^\\s,]+$";
  static final String MULTIADDR_ALLOWED =
      "a multiaddr such as /ip4/192.0.2.1/tcp/9000/p2p/12D3KooW…";

  // No repeated groups: Java's matcher recurses on them, as deep as the text is long.
  static final String HOST = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
  static final String HOST_ALLOWED = "a host name in lower case such as ghe.example.com";

  static final String HOSTS = "^(\\*\\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
  static final String HOSTS_ALLOWED =
      "a host name in lower case such as ghe.example.com or *.example.com";

  static final String PROTOCOL_ID = "^/\\S+$";
  static final String PROTOCOL_ID_ALLOWED = "a protocol id such as /github-cache/1.0.0";

  private Patterns() {}
}
