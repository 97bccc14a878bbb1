package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** One resource at every path, with the ETags that GitHub computes, on a free port of loopback. */
final class TinyApi implements AutoCloseable {
  private static final byte[] BODY = "{\"login\":\"octocat\"}".getBytes(UTF_8);

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** A request and the status that answered it. */
  record Call(String path, String authorization, int status) {}

  TinyApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    String etag = etag(accept, authorization);
    boolean same = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    int status = same ? 304 : 200;
    calls.add(new Call(exchange.getRequestURI().getPath(), authorization, status));
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("ETag", etag);
    exchange.getResponseHeaders().set("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "private, max-age=60, s-maxage=60");
    exchange.sendResponseHeaders(status, same ? -1 : BODY.length);
    if (!same) {
      exchange.getResponseBody().write(BODY);
    }
    exchange.close();
  }

  private static String etag(String accept, String authorization) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String value : new String[] {accept, authorization}) {
        if (value != null) {
          digest.update((value + ":").getBytes(UTF_8));
        }
      }
      return '"' + HexFormat.of().formatHex(digest.digest(BODY)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
