package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A request that no HTTP client would send, or over a socket that none reaches. */
final class RawRequest {
  private RawRequest() {}

  static int status(NodeState node, String methodAndTarget) throws IOException {
    return Integer.parseInt(answer(node, methodAndTarget).split(" ", 3)[1]);
  }

  /** With the admin token. */
  static String answer(NodeState node, String methodAndTarget) throws IOException {
    URI url = URI.create(node.url());
    return answer(
        new InetSocketAddress(url.getHost(), url.getPort()),
        methodAndTarget,
        url.getAuthority() + "\r\nAuthorization: " + node.adminToken().authorization());
  }

  static String answer(Path socket, String methodAndTarget) throws IOException {
    return answer(UnixDomainSocketAddress.of(socket), methodAndTarget, "localhost");
  }

  private static String answer(SocketAddress address, String methodAndTarget, String fields)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      String head = methodAndTarget + " HTTP/1.0\r\nHost: " + fields + "\r\n\r\n";
      channel.write(ByteBuffer.wrap(head.getBytes(US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
    }
  }
}
