package io.github.cachemesh.core.service;

/** Gets OIDC tokens of this job. */
@FunctionalInterface
public interface TokenSource {
  /**
   * A fresh token for that audience: the service accepts each once.
   *
   * @throws RuntimeException when there is none; it ends the exchange
   */
  String token(String audience) throws InterruptedException;
}
