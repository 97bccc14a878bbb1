package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import io.github.cachemesh.core.node.CacheNode;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.GitHubSimulatorBuilder;
import io.github.cachemesh.testkit.github.LedgerEntry;
import io.github.cachemesh.testkit.github.Token;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.Authenticator;

/** A simulated GitHub, a cache node before it, and a client that uses the node's base URL. */
final class Rig implements AutoCloseable {
  static final String PUBLIC = "/repos/octo-org/repo-1";
  static final String PRIVATE = "/repos/octo-org/secret";
  static final Token ALICE = Token.user("alice-token", "alice").reading("octo-org/secret");
  static final Token BOB = Token.user("bob-token", "bob").reading("octo-org/secret");
  static final Token EVE = Token.user("eve-token", "eve");

  final GitHubSimulator github;
  final TestClock clock = new TestClock();
  final Path folder;
  private final Map<String, String> inputs;
  private final UnaryOperator<Upstream> decorator;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private CacheNode node;

  private Rig(GitHubSimulator github, Map<String, String> inputs, UnaryOperator<Upstream> decorator)
      throws IOException {
    this.github = github;
    this.folder = Files.createTempDirectory("rig");
    this.inputs = new HashMap<>(inputs);
    this.inputs.putIfAbsent("upstream", github.uri().toString());
    this.inputs.putIfAbsent("cache-dir", folder.resolve("cache").toString());
    this.decorator = decorator;
    this.node = startNode();
  }

  /**
   * @param inputs names and values of settings
   */
  static Rig with(String... inputs) throws IOException {
    return with(UnaryOperator.identity(), UnaryOperator.identity(), inputs);
  }

  static Rig with(
      UnaryOperator<GitHubSimulatorBuilder> simulator,
      UnaryOperator<Upstream> decorator,
      String... inputs)
      throws IOException {
    GitHubSimulatorBuilder builder =
        GitHubSimulator.builder()
            .repositories(1)
            .sizes(40, 5, 3)
            .privateRepository("octo-org/secret")
            .secondaryLimits(1_000, 1_000_000)
            .token(ALICE)
            .token(BOB)
            .token(EVE);
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < inputs.length; i += 2) {
      named.put(inputs[i], inputs[i + 1]);
    }
    return new Rig(simulator.apply(builder).start(), named, decorator);
  }

  private CacheNode startNode() throws IOException {
    Settings settings = settings();
    Upstream upstream =
        new OkHttpUpstream(ProxySelector.of(null), Authenticator.NONE, TrustedCertificates.ofJdk());
    return CacheNode.start(
        new CacheNode.Options(
            settings,
            new InetSocketAddress("127.0.0.1", 0),
            folder.resolve("node.sock"),
            "test",
            "1",
            null),
        decorator.apply(upstream),
        clock,
        new SecureRandom());
  }

  private Settings settings() {
    try {
      return Settings.load(new SettingsSources(null, null, inputs, Map.of(), folder));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A node that begins with what the one before it left on disk. */
  void restart() throws IOException {
    node.close();
    node = startNode();
  }

  URI uri() {
    return URI.create(node.state().url());
  }

  Path socket() {
    return folder.resolve("node.sock");
  }

  CacheNode node() {
    return node;
  }

  /** An answer as the client saw it. */
  record Answer(int status, HttpResponse<byte[]> response) {
    String text() {
      return new String(response.body(), UTF_8);
    }

    Optional<String> field(String name) {
      return response.headers().firstValue(name);
    }

    String cacheStatus() {
      return field("Cache-Status").orElse("");
    }

    String etag() {
      return field("ETag").orElseThrow();
    }
  }

  static String bearer(Token token) {
    return "Bearer " + token.value();
  }

  /** GET as that principal. */
  Answer get(Token token, String path, String... fields) {
    return send("GET", path, "", authorised(bearer(token), fields));
  }

  Answer getAnonymously(String path, String... fields) {
    return send("GET", path, "", fields);
  }

  Answer write(Token token, String method, String path, String body) {
    return send(method, path, body, "Authorization", bearer(token));
  }

  static String[] authorised(String authorization, String... fields) {
    return Stream.concat(Stream.of("Authorization", authorization), Stream.of(fields))
        .toArray(String[]::new);
  }

  Answer send(String method, String path, String body, String... fields) {
    return sendAsync(method, path, body, fields).join();
  }

  CompletableFuture<Answer> sendAsync(String method, String path, String body, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri() + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(response -> new Answer(response.statusCode(), response));
  }

  /** What GitHub would answer without the node. */
  Answer direct(Token token, String path, String... fields) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(github.uri() + path))
            .headers(authorised(bearer(token), fields))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<LedgerEntry> requests() {
    return github.ledger().requests();
  }

  LedgerEntry lastRequest() {
    return requests().getLast();
  }

  @Override
  public void close() throws IOException {
    client.close();
    node.close();
    github.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
