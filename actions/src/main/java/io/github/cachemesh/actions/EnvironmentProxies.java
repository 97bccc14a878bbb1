package io.github.cachemesh.actions;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses proxies as curl and Go do, from {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code
 * NO_PROXY}; the lower-case form of each wins. The JVM itself ignores these variables. Loopback
 * hosts are never proxied. Immutable.
 *
 * <p>A proxy is {@code http://[user:password@]host[:port]} or {@code socks5://…}; the scheme may be
 * left out. {@code NO_PROXY}: see {@link NoProxy}.
 */
public final class EnvironmentProxies extends ProxySelector {
  private final @Nullable Upstream http;
  private final @Nullable Upstream https;
  private final NoProxy noProxy;

  /**
   * @throws ActionFailure when a variable holds no proxy this class can use
   */
  public EnvironmentProxies(Map<String, String> env) {
    this.http = upstream(env, "http_proxy");
    this.https = upstream(env, "https_proxy");
    this.noProxy = NoProxy.parse(value(env, "no_proxy").orElse(""));
  }

  /** The one proxy for that URL, or {@link Proxy#NO_PROXY}. */
  @Override
  public List<Proxy> select(URI uri) {
    Upstream upstream = upstreamFor(uri);
    return List.of(upstream == null ? Proxy.NO_PROXY : upstream.proxy());
  }

  /** The credentials for the proxy of that URL, when its variable holds some. */
  public Optional<PasswordAuthentication> credentials(URI uri) {
    return Optional.ofNullable(upstreamFor(uri)).map(Upstream::credentials);
  }

  /** Does nothing: there is no second proxy to fall back to. */
  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

  private @Nullable Upstream upstreamFor(URI uri) {
    String host = uri.getHost();
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    Upstream upstream = secure ? https : http;
    if (host == null || upstream == null) {
      return null;
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return noProxy.covers(host, port) ? null : upstream;
  }

  private static Optional<String> value(Map<String, String> env, String lowerCase) {
    return Optional.ofNullable(env.get(lowerCase))
        .filter(value -> !value.isBlank())
        .or(() -> Optional.ofNullable(env.get(lowerCase.toUpperCase(Locale.ROOT))))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static @Nullable Upstream upstream(Map<String, String> env, String variable) {
    return value(env, variable).map(value -> Upstream.parse(variable, value)).orElse(null);
  }

  private record Upstream(Proxy proxy, @Nullable PasswordAuthentication credentials) {

    static Upstream parse(String variable, String value) {
      URI uri;
      try {
        uri = URI.create(value.contains("://") ? value : "http://" + value);
      } catch (IllegalArgumentException _) {
        // The cause would quote the value, which may hold a password.
        throw failure(variable, "is no URL");
      }
      String host = uri.getHost();
      if (host == null) {
        throw failure(variable, "names no host");
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      return switch (scheme) {
        case "http" -> of(Proxy.Type.HTTP, host, uri.getPort(), 80, uri.getRawUserInfo());
        case "socks5", "socks5h" ->
            of(Proxy.Type.SOCKS, host, uri.getPort(), 1080, uri.getRawUserInfo());
        default -> throw failure(variable, "has the scheme '" + scheme + "'");
      };
    }

    private static Upstream of(
        Proxy.Type type, String host, int port, int defaultPort, @Nullable String userInfo) {
      InetSocketAddress address =
          InetSocketAddress.createUnresolved(
              host.replaceAll("[\\[\\]]", ""), port < 0 ? defaultPort : port);
      return new Upstream(
          new Proxy(type, address), userInfo == null ? null : credentials(userInfo));
    }

    private static PasswordAuthentication credentials(String userInfo) {
      int colon = userInfo.indexOf(':');
      String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
      String password = colon < 0 ? "" : userInfo.substring(colon + 1);
      return new PasswordAuthentication(decoded(user), decoded(password).toCharArray());
    }

    private static String decoded(String part) {
      // A plus sign stands for itself here, unlike in forms.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static ActionFailure failure(String variable, String problem) {
      return new ActionFailure(
          "The environment variable " + variable + " (or its upper-case form) " + problem + ".",
          "Set it to http://host:port or socks5://host:port, or leave it out.");
    }
  }
}
