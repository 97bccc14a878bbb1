package io.github.cachemesh.images.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Requests to a node, such that it stores, serves, revalidates and forwards. */
final class NodeVisit {
  private static final int ROUNDS = 20;
  private static final List<String> TOKENS = List.of("ghs_first", "ghs_second");

  private final String url;
  private final Path socket;

  NodeVisit(String url, Path socket) {
    this.url = url;
    this.socket = socket;
  }

  void run() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String token : TOKENS) {
          HttpRequest.Builder request =
              request("/repos/octocat/training").header("Authorization", "Bearer " + token);
          client.send(request.build(), BodyHandlers.ofString());
          client.send(
              request.POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
              BodyHandlers.ofString());
        }
      }
      client.send(request("/_cachemesh/health").build(), BodyHandlers.ofString());
      client.send(request("/_cachemesh/metrics").build(), BodyHandlers.ofString());
    }
    overSocket();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  private void overSocket() throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(
          ByteBuffer.wrap(
              ("GET /user HTTP/1.1\r\nHost: api.github.com\r\nConnection: close\r\n"
                      + "Authorization: token ghs_first\r\n\r\n")
                  .getBytes(US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(8192);
      while (channel.read(answer.clear()) >= 0) {
        // Until the node closes.
      }
    }
  }
}
