package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** A request that no HTTP client would send, with the admin token. */
final class RawRequest {
  private RawRequest() {}

  static int status(NodeState node, String methodAndTarget) throws IOException {
    return Integer.parseInt(answer(node, methodAndTarget).split(" ", 3)[1]);
  }

  static String answer(NodeState node, String methodAndTarget) throws IOException {
    URI url = URI.create(node.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              (methodAndTarget
                      + " HTTP/1.0\r\nHost: "
                      + url.getAuthority()
                      + "\r\nAuthorization: "
                      + node.adminToken().authorization()
                      + "\r\n\r\n")
                  .getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
