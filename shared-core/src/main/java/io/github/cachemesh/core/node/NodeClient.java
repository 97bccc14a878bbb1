package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to a node about itself, whichever way it is reached. Thread-safe where its transport is;
 * blocks.
 */
public final class NodeClient {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Transport transport;

  private NodeClient(Transport transport) {
    this.transport = transport;
  }

  /** A node's answer. */
  public record Answer(int status, String body) {
    public boolean isOk() {
      return status / 100 == 2;
    }
  }

  /** A way to a node, as its owner. Blocks, for a bounded time. */
  public interface Transport {
    /**
     * @param page what {@code /_cachemesh/} precedes in a URL, with its query, percent-encoded
     * @throws IOException when the node gives no answer; the message names it
     */
    Answer exchange(String method, String page) throws IOException;
  }

  public static NodeClient over(Transport transport) {
    return new NodeClient(transport);
  }

  /** Over the node's own socket or TCP; one that has neither is asked in vain. */
  public static NodeClient of(NodeState node, Duration limit) {
    // A runner empties its temporary folder, and with it the socket, after every job.
    if (node.socket() != null && (node.url() == null || Files.exists(Path.of(node.socket())))) {
      return over(
          new NodeConnection(
              UnixDomainSocketAddress.of(node.socket()), "localhost", node.adminToken(), limit));
    }
    if (node.url() == null) {
      return over(
          (_, _) -> {
            throw new IOException(node + " listens for jobs only: it has neither URL nor socket");
          });
    }
    return of(URI.create(node.url()), node.adminToken(), limit);
  }

  public static NodeClient of(URI url, AdminToken token, Duration limit) {
    return over(
        new NodeConnection(
            new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort()),
            url.getRawAuthority(),
            token,
            limit));
  }

  public Answer health() throws IOException {
    return transport.exchange("GET", "health");
  }

  public Answer stats() throws IOException {
    return transport.exchange("GET", "stats");
  }

  /** In the Prometheus text format. */
  public Answer metrics() throws IOException {
    return transport.exchange("GET", "metrics");
  }

  /** How many leases there are, and whose. */
  public Answer leases() throws IOException {
    return transport.exchange("GET", "leases");
  }

  /**
   * Takes a lease, in place of one of the same runner.
   *
   * @throws NodeEndingException when the node gives none any more
   * @throws IOException when it gives no answer, or refuses this one; the message says why
   */
  public Lease acquireLease(LeaseRequest request) throws IOException {
    StringBuilder page = new StringBuilder(leasePage(request.runner()));
    append(page, "socket", request.socket());
    append(page, "gateway", request.gateway());
    append(page, "gh", request.gh());
    Answer answer = transport.exchange("PUT", page.toString());
    return switch (answer.status()) {
      case 200 -> read(answer, Lease::read);
      case 503 -> throw new NodeEndingException(message(answer));
      default -> throw new IOException("the node refused a lease: " + message(answer));
    };
  }

  private static void append(StringBuilder page, String name, @Nullable Object value) {
    if (value != null) {
      page.append(page.indexOf("?") < 0 ? '?' : '&').append(name).append('=');
      page.append(encoded(value.toString()));
    }
  }

  /**
   * Gives a lease back; the node writes what was saved to {@link Lease#statsFile} as well.
   *
   * @return empty where the runner holds none
   * @throws IOException when the node gives no answer, or one that cannot be read
   */
  public Optional<Released> releaseLease(String runner) throws IOException {
    Answer answer = transport.exchange("DELETE", leasePage(runner));
    return switch (answer.status()) {
      case 200 -> Optional.of(read(answer, Released::read));
      case 404 -> Optional.empty();
      default -> throw new IOException("the node kept the lease: " + message(answer));
    };
  }

  private static String leasePage(String runner) {
    return "leases/" + encoded(runner);
  }

  /**
   * What is wrong with the proof of the API's server that it is the one that is meant, if anything.
   *
   * @throws IOException when the node gives no answer, or one that cannot be read
   */
  public Optional<String> upstreamProblem() throws IOException {
    Answer answer = transport.exchange("GET", "upstream");
    String problem = read(answer, json -> json.required("problem").stringValue());
    return Optional.of(problem).filter(text -> !text.isEmpty());
  }

  public Answer invalidate(String host, String path) throws IOException {
    return transport.exchange(
        "POST", "invalidate?host=" + encoded(host) + "&path=" + encoded(path));
  }

  public Answer clear() throws IOException {
    return transport.exchange("POST", "clear");
  }

  public Answer stop() throws IOException {
    return transport.exchange("POST", "stop");
  }

  /**
   * Ends the node unless a job holds a lease; from then on nobody gets one.
   *
   * @return whether it ends
   * @throws IOException when it gives no answer
   */
  public boolean stopIfUnused() throws IOException {
    Answer answer = transport.exchange("POST", "stop?unused=true");
    return switch (answer.status()) {
      case 202 -> true;
      case 409 -> false;
      default -> throw new IOException("the node does not stop: " + message(answer));
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static <T> T read(Answer answer, Function<JsonNode, T> reader) throws IOException {
    try {
      return reader.apply(JSON.readTree(answer.body()));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException("the node's answer cannot be read", e);
    }
  }

  private static String message(Answer answer) {
    try {
      return JSON.readTree(answer.body()).path("message").asString(answer.body());
    } catch (JacksonException e) {
      return "status " + answer.status();
    }
  }
}
