package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxerContract;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;

/** Yamux over sockets, whose buffers are bounded, on two event loops. */
class YamuxTcpContractTest extends MuxerContract {
  private static final Reactor REACTOR = Reactor.start(2);

  @AfterAll
  static void stop() {
    REACTOR.close().join();
  }

  @Override
  protected Pair connect() throws Exception {
    return Ends.connect(
        new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded()),
        REACTOR.group(),
        REACTOR.serverSocketChannel(),
        REACTOR.socketChannel(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
