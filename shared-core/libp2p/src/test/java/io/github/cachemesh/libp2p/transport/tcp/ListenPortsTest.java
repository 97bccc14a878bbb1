package io.github.cachemesh.libp2p.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ListenPortsTest {
  private final ListenPorts ports = new ListenPorts();

  private static InetAddress ip(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  private InetSocketAddress listen(String ip, int port) throws Exception {
    InetSocketAddress endpoint = new InetSocketAddress(ip(ip), port);
    ports.add(endpoint);
    return endpoint;
  }

  @Test
  void nothingIsReusedWhenNothingIsListenedOn() throws Exception {
    assertThat(ports.source(ip("192.0.2.1"))).isEmpty();
  }

  @Test
  void versionsAreNotMixed() throws Exception {
    listen("0.0.0.0", 1);
    assertThat(ports.source(ip("2001:db8::1"))).isEmpty();
  }

  @Test
  void loopbackDoesNotReachOthers() throws Exception {
    InetSocketAddress loopback = listen("127.0.0.1", 1);
    assertThat(ports.source(ip("192.0.2.1"))).isEmpty();
    assertThat(ports.source(ip("127.0.0.2"))).contains(loopback);
  }

  @Test
  void certainAddressDoesNotReachLoopback() throws Exception {
    InetSocketAddress certain = listen("192.0.2.7", 1);
    assertThat(ports.source(ip("127.0.0.1"))).isEmpty();
    assertThat(ports.source(ip("192.0.2.1"))).contains(certain);
  }

  @Test
  void unspecifiedAddressIsPreferred() throws Exception {
    listen("192.0.2.7", 1);
    InetSocketAddress unspecified = listen("0.0.0.0", 2);
    assertThat(ports.source(ip("192.0.2.1"))).contains(unspecified);
  }

  @Test
  void closedListenerIsNotReused() throws Exception {
    ports.remove(listen("0.0.0.0", 1));
    assertThat(ports.source(ip("127.0.0.1"))).isEmpty();
  }
}
