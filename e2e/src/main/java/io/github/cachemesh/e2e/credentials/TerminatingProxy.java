package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * A proxy that ends TLS, as companies have them: it reads each request and each answer in clear,
 * keeps both, and may change both.
 */
final class TerminatingProxy implements AutoCloseable {
  private static final Set<String> PER_CONNECTION =
      Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade");

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient upstream;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private volatile URI service = URI.create("https://localhost");
  private volatile UnaryOperator<byte[]> onRequest = UnaryOperator.identity();
  private volatile BinaryOperator<byte[]> onAnswer = (_, answer) -> answer;

  /** Listens on a free port of 127.0.0.1. */
  TerminatingProxy(SSLContext tls) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", this::relay);
    server.start();
    upstream = HttpClient.newBuilder().sslContext(tls).executor(threads).build();
  }

  /** What clients take for the service. */
  URI uri() {
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  /** Where it relays to. */
  void relayTo(URI target) {
    service = target;
  }

  /** Changes requests from now on. */
  void meddleWithRequests(UnaryOperator<byte[]> change) {
    onRequest = change;
  }

  /** Changes answers from now on; the change is given the request too. */
  void meddleWithAnswers(BinaryOperator<byte[]> change) {
    onAnswer = change;
  }

  void leaveAlone() {
    onRequest = UnaryOperator.identity();
    onAnswer = (_, answer) -> answer;
  }

  /** All that passed through. */
  synchronized byte[] seen() {
    return seen.toByteArray();
  }

  /** Asks the service itself, as a client would. */
  void send(URI page, byte[] request) {
    HttpRequest own =
        HttpRequest.newBuilder(page)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request))
            .build();
    try {
      note(upstream.send(own, HttpResponse.BodyHandlers.ofByteArray()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(byte[] bytes) {
    seen.writeBytes(bytes);
  }

  private void relay(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      note(request);
      HttpRequest.Builder relayed =
          HttpRequest.newBuilder(service.resolve(exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(onRequest.apply(request)));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                note(("%s: %s%n".formatted(name, values)).getBytes(UTF_8));
                if (!PER_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(value -> relayed.header(name, value));
                }
              });
      HttpResponse<byte[]> response =
          upstream.send(relayed.build(), HttpResponse.BodyHandlers.ofByteArray());
      note(response.headers().map().toString().getBytes(UTF_8));
      note(response.body());
      byte[] answer = onAnswer.apply(request, response.body());
      response
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(response.statusCode(), answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    upstream.shutdownNow();
    threads.shutdownNow();
  }
}
