package io.github.cachemesh.testkit.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * An issuer of OIDC tokens in this process, as GitHub's is for the jobs of workflows. Thread-safe;
 * whoever started it closes it.
 */
public final class OidcIssuer implements AutoCloseable {
  /** What GitHub's tokens say since 2025; a verifier has bounds of its own. */
  private static final Duration LIFE = Duration.ofHours(6);

  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final int BACKLOG = 256;
  private static final String CONFIGURATION = "/.well-known/openid-configuration";
  private static final String KEYS = "/.well-known/jwks";
  private static final String TOKENS = "/idtoken/";

  private record Answer(int status, Object document) {}

  private record Job(JobClaims claims, String token) {}

  private final Clock clock;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final URI uri;
  private final List<IssuerKey> keys = new CopyOnWriteArrayList<>();
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final AtomicInteger keyRequests = new AtomicInteger();
  private volatile IssuerKey signing;

  private OidcIssuer(HttpServer server, String host, Clock clock) {
    this.server = server;
    this.clock = clock;
    this.uri = URI.create("http://" + host + ":" + server.getAddress().getPort());
    this.signing = newKey();
    server.setExecutor(threads);
    server.createContext("/", exchange -> send(exchange, answer(exchange)));
    server.start();
  }

  /** An issuer on any free port of 127.0.0.1. */
  public static OidcIssuer start() throws IOException {
    return start(new InetSocketAddress("127.0.0.1", 0), "127.0.0.1", Clock.systemUTC());
  }

  /**
   * An issuer at that address.
   *
   * @param host by which others reach it, containers for example
   */
  public static OidcIssuer start(InetSocketAddress address, String host, Clock clock)
      throws IOException {
    return new OidcIssuer(HttpServer.create(address, BACKLOG), host, clock);
  }

  /** Where it is, which is its name in {@code iss} too. */
  public URI uri() {
    return uri;
  }

  /** Where its keys are. */
  public URI keys() {
    return uri.resolve(KEYS);
  }

  /** How often its keys were asked for. */
  public int keyRequests() {
    return keyRequests.get();
  }

  /** Signs with a new key from now on; the others stay published. */
  public void changeKey() {
    signing = newKey();
  }

  /** Publishes only the key that it signs with. */
  public void withdrawOldKeys() {
    keys.retainAll(List.of(signing));
  }

  private IssuerKey newKey() {
    IssuerKey key = IssuerKey.generate(UUID.randomUUID().toString());
    keys.add(key);
    return key;
  }

  /** A token for a job, as its endpoint gives it. */
  public String token(JobClaims job, String audience) {
    return forge(job, audience).good();
  }

  /** Makes tokens for a job that are wrong in one thing, with one good one to compare. */
  public TokenForge forge(JobClaims job, String audience) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>(job.claims());
    claims.put("iss", uri.toString());
    claims.put("aud", audience);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now);
    claims.put("nbf", now - BACKDATED.toSeconds());
    claims.put("exp", now + LIFE.toSeconds());
    return new TokenForge(signing, claims);
  }

  /** Lets a job request tokens. */
  public TokenRequests permit(JobClaims job) {
    String id = UUID.randomUUID().toString();
    String token = "oidc-request-" + UUID.randomUUID();
    jobs.put(id, new Job(job, token));
    return new TokenRequests(
        uri.resolve(TOKENS + id + "?api-version=2.0"), token, () -> jobs.remove(id));
  }

  private Answer answer(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (!exchange.getRequestMethod().equals("GET")) {
      return new Answer(405, Map.of("message", "Method Not Allowed"));
    }
    if (path.startsWith(TOKENS)) {
      return requested(exchange, path.substring(TOKENS.length()));
    }
    return switch (path) {
      case CONFIGURATION -> new Answer(200, configuration());
      case KEYS -> {
        keyRequests.incrementAndGet();
        yield new Answer(200, Map.of("keys", keys.stream().map(IssuerKey::jwk).toList()));
      }
      default -> new Answer(404, Map.of("message", "Not Found"));
    };
  }

  private Answer requested(HttpExchange exchange, String id) {
    Job job = jobs.get(id);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (job == null || !("Bearer " + job.token()).equalsIgnoreCase(authorization)) {
      return new Answer(401, Map.of("message", "The job may not request tokens"));
    }
    String usual = "https://github.com/" + job.claims().text("repository_owner");
    List<String> audience =
        new QueryStringDecoder(exchange.getRequestURI().getRawQuery(), false)
            .parameters()
            .getOrDefault("audience", List.of(usual));
    String token = token(job.claims(), audience.getFirst());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("count", token.length());
    document.put("value", token);
    return new Answer(200, document);
  }

  private Map<String, Object> configuration() {
    List<String> claims = new ArrayList<>(List.of("sub", "aud", "exp", "iat", "iss", "jti", "nbf"));
    claims.addAll(JobClaims.push("octo-org/octo-repo").environment("x").claims().keySet());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", uri.toString());
    document.put("jwks_uri", keys().toString());
    document.put("subject_types_supported", List.of("public", "pairwise"));
    document.put("response_types_supported", List.of("id_token"));
    document.put("claims_supported", claims.stream().distinct().toList());
    document.put("id_token_signing_alg_values_supported", List.of("RS256"));
    document.put("scopes_supported", List.of("openid"));
    return document;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = JsonMapper.shared().writeValueAsBytes(answer.document());
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
