package io.github.cachemesh.libp2p.transport.quic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Stands between a peer that dials and one that listens, until it is cut. */
final class UdpRelay implements AutoCloseable {
  private final DatagramSocket front;
  private final DatagramSocket back;
  private final InetSocketAddress listener;
  private volatile InetSocketAddress dialer;
  private volatile boolean listenerIsHeard = true;
  private volatile boolean cut;

  UdpRelay(InetSocketAddress listener) throws IOException {
    this.listener = listener;
    front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> forward(front, true));
    Thread.startVirtualThread(() -> forward(back, false));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) front.getLocalSocketAddress();
  }

  /** Lets nothing of the listener through any more. */
  void silenceListener() {
    listenerIsHeard = false;
  }

  /** Lets nothing through any more. */
  void cut() {
    cut = true;
  }

  private void forward(DatagramSocket from, boolean fromDialer) {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      while (true) {
        from.receive(packet);
        if (fromDialer) {
          dialer = (InetSocketAddress) packet.getSocketAddress();
        }
        if (!cut && (fromDialer || listenerIsHeard)) {
          packet.setSocketAddress(fromDialer ? listener : dialer);
          (fromDialer ? back : front).send(packet);
        }
        packet.setLength(packet.getData().length);
      }
    } catch (SocketException _) {
      // Closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }
}
