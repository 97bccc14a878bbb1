package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final PromptSockets sockets = new PromptSockets();

  @Test
  void socketsThatAreNotConnectedYetSendAtOnce() throws IOException {
    try (Socket socket = sockets.createSocket()) {
      assertThat(socket.isConnected()).isFalse();
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void connectedSocketsSendAtOnce() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 4, LOOPBACK)) {
      String name = LOOPBACK.getHostAddress();
      int port = server.getLocalPort();
      try (Socket byName = sockets.createSocket(name, port);
          Socket byNameFrom = sockets.createSocket(name, port, LOOPBACK, 0);
          Socket byAddress = sockets.createSocket(LOOPBACK, port);
          Socket byAddressFrom = sockets.createSocket(LOOPBACK, port, LOOPBACK, 0)) {
        for (Socket socket : new Socket[] {byName, byNameFrom, byAddress, byAddressFrom}) {
          assertThat(socket.isConnected()).isTrue();
          assertThat(socket.getTcpNoDelay()).isTrue();
        }
      }
    }
  }
}
