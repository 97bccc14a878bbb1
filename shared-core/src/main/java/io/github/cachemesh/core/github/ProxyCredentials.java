package io.github.cachemesh.core.github;

import io.github.cachemesh.actions.EnvironmentProxies;
import java.nio.charset.StandardCharsets;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Answers a forward proxy that asks who comes, once, with what the environment says. Thread-safe.
 */
public final class ProxyCredentials implements Authenticator {
  private static final String FIELD = "Proxy-Authorization";

  private final EnvironmentProxies proxies;

  public ProxyCredentials(EnvironmentProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    Request refused = response.request();
    if (refused.header(FIELD) != null) {
      return null;
    }
    return proxies
        .credentials(refused.url().uri())
        .map(
            account ->
                Credentials.basic(
                    account.getUserName(),
                    new String(account.getPassword()),
                    StandardCharsets.UTF_8))
        .map(credentials -> refused.newBuilder().header(FIELD, credentials).build())
        .orElse(null);
  }
}
