package io.github.cachemesh.actions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Makes sockets that send at once what is written ({@code TCP_NODELAY}). After a TLS handshake the
 * first request would else wait until the server has acknowledged the handshake's last message,
 * which it may put off for 40 ms. Thread-safe.
 */
public final class PromptSockets extends SocketFactory {
  private static Socket prompt(Socket socket) throws SocketException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prompt(new Socket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(new Socket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(new Socket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return prompt(new Socket(address, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(new Socket(address, port, local, localPort));
  }
}
