package io.github.cachemesh.core.oidc;

import java.net.URI;
import java.util.Set;

/**
 * Who makes the tokens, and where its keys are: both from configuration, never from a token.
 *
 * @param name what {@code iss} must say, to the letter
 * @param keys where its JWKS is: by https, or by http from this very machine
 */
public record Issuer(String name, URI keys) {
  private static final int MAX_LENGTH = 1_024;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /** That of github.com. */
  public static final Issuer GITHUB = at("https://token.actions.githubusercontent.com");

  /**
   * @throws IllegalArgumentException when one of them is no URL of its kind; the message names it
   */
  public Issuer {
    if (name.isEmpty() || name.length() > MAX_LENGTH || !name.matches("https?://[\\x21-\\x7E]+")) {
      throw new IllegalArgumentException(
          "the issuer must be the URL in the tokens' 'iss', such as"
              + " https://ghe.example/_services/token");
    }
    if (!isTrusted(keys)) {
      throw new IllegalArgumentException(
          "the URL of the issuer's keys must begin with https:// and have no user, such as "
              + "https://ghe.example/_services/token/.well-known/jwks");
    }
  }

  /**
   * The issuer of that name whose keys are where all of GitHub's have them: such as {@code
   * https://HOST/_services/token} of a GitHub Enterprise Server, or {@code
   * https://token.actions.NAME.ghe.com}.
   *
   * @throws IllegalArgumentException when it is no URL
   */
  public static Issuer at(String name) {
    return new Issuer(name, URI.create(name + "/.well-known/jwks"));
  }

  private static boolean isTrusted(URI url) {
    String host = url.getHost();
    return host != null
        && url.getRawUserInfo() == null
        && url.getRawFragment() == null
        && ("https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && LOOPBACK.contains(host)));
  }
}
