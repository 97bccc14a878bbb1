package io.github.cachemesh.core.service;

import io.github.cachemesh.core.oidc.Issuer;
import io.github.cachemesh.core.oidc.IssuerKeys;
import io.github.cachemesh.core.oidc.KeysUnavailableException;
import io.github.cachemesh.core.oidc.RemoteKeys;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;

/** The issuer's keys, which are had only when a test lets them be. */
final class GatedKeys implements IssuerKeys {
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch leave = new CountDownLatch(1);
  private final IssuerKeys keys;

  GatedKeys(TestService setting) {
    this.keys =
        new RemoteKeys(
            new Issuer(setting.issuer.uri().toString(), setting.issuer.keys()), new OkHttpClient());
  }

  @Override
  public Optional<RSAPublicKey> find(String keyId) throws KeysUnavailableException {
    entered.countDown();
    try {
      leave.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return keys.find(keyId);
  }
}
