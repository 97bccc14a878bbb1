package io.github.cachemesh.core.service;

import io.github.cachemesh.core.envelope.HpkeRecipient;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;

/**
 * Where a service is reached, in one spelling, so that both ends mean the same audience: HTTPS,
 * lower-case host, no port 443, no slash at the end. Immutable.
 */
public final class ServiceUrl {
  private static final int HTTPS_PORT = 443;

  private final String text;

  private ServiceUrl(String text) {
    this.text = text;
  }

  /**
   * The URL of a service.
   *
   * @throws IllegalArgumentException when it is no URL that a service can have
   */
  public static ServiceUrl of(URI url) {
    if (!"https".equalsIgnoreCase(url.getScheme())
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      // Not quoted: what is no such URL may hold a secret.
      throw new IllegalArgumentException(
          "the service's URL is https://HOST[:PORT][/PATH], without user, query and fragment");
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    boolean usual = url.getPort() < 0 || url.getPort() == HTTPS_PORT;
    String path = url.getRawPath().replaceAll("/+$", "");
    return new ServiceUrl("https://" + host + (usual ? "" : ":" + url.getPort()) + path);
  }

  /** That of one of the service's pages, which begins with a slash. */
  URI page(String path) {
    return URI.create(text + path);
  }

  /** Its own path, without a slash at the end; empty where it has none. */
  String path() {
    return URI.create(text).getRawPath();
  }

  /** What a token is for that asks for an answer sealed to this key. */
  String audience(HpkeRecipient recipient) {
    byte[] hash = Hashes.sha256(recipient.bytes());
    return text + "#" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceUrl url && text.equals(url.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
