package io.github.cachemesh.libp2p.transport.quic;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.MuxerContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class QuicMuxerTest extends MuxerContract {
  private static QuicHost dialer;
  private static QuicHost listener;

  @BeforeAll
  static void start() {
    dialer = new QuicHost(QuicSettings.defaults());
    listener = new QuicHost(QuicSettings.defaults());
  }

  @AfterAll
  static void close() {
    dialer.close();
    listener.close();
  }

  @Override
  protected Pair connect() throws Exception {
    MuxedConnection dialed = dialer.dial(listener.listen()).get(10, SECONDS);
    return new Pair(dialed, listener.accept());
  }
}
