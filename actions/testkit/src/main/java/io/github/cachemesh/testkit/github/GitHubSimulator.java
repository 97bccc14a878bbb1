package io.github.cachemesh.testkit.github;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A GitHub that runs in this process: REST, GraphQL, uploads and downloads over HTTP/1.1, with
 * GitHub's validators, limits and peculiarities. Thread-safe; whoever started it closes it.
 */
public final class GitHubSimulator implements AutoCloseable {
  private final SimulatorServer server;
  private final ApiService service;
  private final Ledger ledger;
  private final Faults faults;
  private final Recordings recordings;
  private final URI uri;
  private final Optional<Path> socket;
  private final Optional<SimulatorTls> tls;

  GitHubSimulator(
      SimulatorServer server,
      ApiService service,
      Ledger ledger,
      Faults faults,
      Recordings recordings,
      URI uri,
      Optional<Path> socket,
      Optional<SimulatorTls> tls) {
    this.server = server;
    this.service = service;
    this.ledger = ledger;
    this.faults = faults;
    this.recordings = recordings;
    this.uri = uri;
    this.socket = socket;
    this.tls = tls;
  }

  /** A simulator to be configured; see the builder's defaults. */
  public static GitHubSimulatorBuilder builder() {
    return new GitHubSimulatorBuilder();
  }

  /** Where it listens on TCP, e.g. {@code http://127.0.0.1:40123}, without a slash at the end. */
  public URI uri() {
    return uri;
  }

  /** The Unix socket that it listens on, where one was asked for. */
  public Optional<Path> socket() {
    return socket;
  }

  /** The authority that signed its certificate, where TLS was asked for. */
  public Optional<X509Certificate> certificateAuthority() {
    return tls.map(SimulatorTls::authorityCertificate);
  }

  /** The same authority as PEM text. */
  public Optional<String> certificateAuthorityPem() {
    return tls.map(SimulatorTls::authorityPem);
  }

  /** What was asked of it so far. */
  public Ledger ledger() {
    return ledger;
  }

  /** What shall go wrong. */
  public Faults faults() {
    return faults;
  }

  /** Paths with queries of the recorded answers that can be read by GET. */
  public List<String> recordedPaths() {
    return recordings.readablePaths();
  }

  /**
   * Changes the document at a REST path such as {@code /repos/o/r} or {@code /repos/o/r/issues/3},
   * so that its body and ETag, and those of lists that show it, are others from now on.
   *
   * @throws IllegalArgumentException when there is no such document
   */
  public void touch(String path) {
    service.exclusively(
        world -> {
          Changes.touch(world, path);
          return world;
        });
  }

  /**
   * Makes a repository private, or public again.
   *
   * @throws IllegalArgumentException when there is no such repository
   */
  public void setPrivate(String fullName, boolean isPrivate) {
    service.exclusively(
        world -> {
          ObjectNode document = Changes.repository(world, fullName).document();
          document.put("private", isPrivate).put("visibility", isPrivate ? "private" : "public");
          return world;
        });
  }

  /**
   * Declares a commit, run, pull request, property or analysis; see {@code Declarations} for the
   * kinds and their fields. The control endpoint {@code POST /_simulator/KIND} does the same.
   *
   * @param json an object with at least {@code repository}, its full name
   * @return the document as the API shows it
   * @throws IllegalArgumentException when something is missing or unknown
   */
  public JsonNode declare(String kind, String json) {
    JsonNode fields = Json.MAPPER.readTree(json);
    if (!(fields instanceof ObjectNode object)) {
      throw new IllegalArgumentException("A declaration is a JSON object, not " + json);
    }
    return service.exclusively(
        world -> Declarations.declare(world, kind, object, service.now()).deepCopy());
  }

  /** Back to the state at the start, with nothing spent and an empty ledger. */
  public void reset() {
    service.reset();
    faults.clear();
  }

  /** Ends every connection and stops listening. */
  @Override
  public void close() {
    server.close();
    socket.ifPresent(
        path -> {
          try {
            Files.deleteIfExists(path);
          } catch (IOException ignored) {
            // The next listener on this path replaces the file.
          }
        });
  }
}
