package io.github.cachemesh.core.node;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import io.github.cachemesh.core.proxy.Upstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts nodes on loopback and asks them as any HTTP client would. */
final class TestNodes {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestNodes() {}

  static CacheNode start(Path cacheDir, String id, @Nullable Path socket, Upstream upstream)
      throws IOException, InvalidConfigurationException {
    return start(cacheDir, id, socket, upstream, Clock.systemUTC());
  }

  static CacheNode start(
      Path cacheDir, String id, @Nullable Path socket, Upstream upstream, Clock clock)
      throws IOException, InvalidConfigurationException {
    Settings settings =
        Settings.load(
            new SettingsSources(
                null,
                null,
                Map.of("cache-dir", cacheDir.toString(), "linger", "0"),
                Map.of(),
                cacheDir));
    return CacheNode.start(
        new CacheNode.Options(
            settings, new InetSocketAddress("127.0.0.1", 0), socket, id, "1.2.3", null),
        upstream,
        clock,
        new SecureRandom());
  }

  /** The answer to a request without admin token, unless it is among the fields. */
  static HttpResponse<String> send(NodeState node, String method, String path, String... fields)
      throws IOException, InterruptedException {
    return send(URI.create(node.url() + path), method, fields);
  }

  static HttpResponse<String> send(URI url, String method, String... fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody());
    if (fields.length > 0) {
      request.headers(fields);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
