package io.github.cachemesh.images.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Requests to a node, such that it stores, serves, revalidates and forwards. By hand: the classes
 * of an HTTP client would be hundreds in the cache that no process of the images needs.
 */
final class NodeVisit {
  private static final int ROUNDS = 20;
  private static final List<String> TOKENS = List.of("ghs_first", "ghs_second");

  private final List<SocketAddress> ways;

  NodeVisit(String url, Path socket) {
    URI uri = URI.create(url);
    this.ways =
        List.of(
            new InetSocketAddress(uri.getHost(), uri.getPort()),
            UnixDomainSocketAddress.of(socket));
  }

  void run() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      for (SocketAddress way : ways) {
        for (String token : TOKENS) {
          ask(way, "GET /repos/octocat/training", token);
        }
        ask(way, "POST /repos/octocat/training", TOKENS.getFirst());
      }
    }
    ask(ways.getFirst(), "GET /_cachemesh/health", TOKENS.getFirst());
  }

  private static void ask(SocketAddress way, String what, String token) throws IOException {
    try (SocketChannel channel = SocketChannel.open(way)) {
      String request =
          """
          %s HTTP/1.1\r
          Host: api.github.com\r
          Authorization: Bearer %s\r
          Accept: application/vnd.github+json\r
          Content-Length: 0\r
          Connection: close\r
          \r
          """
              .formatted(what, token);
      channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(8192);
      while (channel.read(answer.clear()) >= 0) {
        // Until the node closes.
      }
    }
  }
}
