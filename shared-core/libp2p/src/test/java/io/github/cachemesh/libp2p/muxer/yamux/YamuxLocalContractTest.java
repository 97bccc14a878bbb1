package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxerContract;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;

/** Yamux within the process, where nothing but its windows holds a writer back. */
class YamuxLocalContractTest extends MuxerContract {
  private static final EventLoopGroup GROUP =
      new MultiThreadIoEventLoopGroup(2, LocalIoHandler.newFactory());

  @AfterAll
  static void stop() {
    GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Override
  protected Pair connect() throws Exception {
    return Ends.connect(
        new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded()),
        GROUP,
        LocalServerChannel.class,
        LocalChannel.class,
        LocalAddress.ANY);
  }
}
