package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A base URL whose path is the secret of those who may use it: to all others nothing is there.
 *
 * @param url without a trailing slash
 * @param path of the URL, with a slash before and behind
 */
record SecretBase(String url, String path) {

  static SecretBase of(URI url) {
    return new SecretBase(url.toString(), url.getRawPath() + "/");
  }

  /**
   * What a request's target asks of the API, with a slash before; empty where it does not begin
   * with the secret. How long that takes does not tell how much of the secret was right.
   */
  Optional<String> below(String target) {
    int length = path.length();
    boolean known =
        target.length() >= length
            && MessageDigest.isEqual(
                target.substring(0, length).getBytes(ISO_8859_1), path.getBytes(ISO_8859_1));
    return known ? Optional.of(target.substring(length - 1)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "SecretBase";
  }
}
