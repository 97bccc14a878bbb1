package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API on loopback whose every path has a body and an ETag; {@code /held} waits for leave. */
final class TinyApi implements AutoCloseable {
  static final String TAG = "\"5f1c0a\"";

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  final CountDownLatch heldArrived = new CountDownLatch(1);
  final CountDownLatch leave = new CountDownLatch(1);

  TinyApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::answer);
    server.start();
  }

  static String body(String path) {
    return "{\"path\":\"" + path + "\",\"filler\":\"" + "x".repeat(20_000) + "\"}";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      exchange.getResponseHeaders().set("ETag", TAG);
      exchange.getResponseHeaders().set("Cache-Control", "private, max-age=60, s-maxage=60");
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange.getResponseHeaders().set("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
      if (TAG.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        answers.add(304);
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      answers.add(200);
      byte[] body = body(path).getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body, 0, body.length / 2);
      exchange.getResponseBody().flush();
      if (path.equals("/held")) {
        heldArrived.countDown();
        leave.await();
      }
      exchange.getResponseBody().write(body, body.length / 2, body.length - body.length / 2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The statuses answered so far. */
  List<Integer> answers() {
    return List.copyOf(answers);
  }

  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return "http://" + authority();
  }

  @Override
  public void close() {
    leave.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
