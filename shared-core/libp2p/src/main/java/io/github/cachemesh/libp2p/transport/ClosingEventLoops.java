package io.github.cachemesh.libp2p.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Event loops that close their channels before they end. Netty's own do not when they are told to
 * end while they run tasks: they look whether to close the channels before the tasks, and whether
 * to end behind them, so that who waits for a channel would wait for ever.
 */
final class ClosingEventLoops extends MultiThreadIoEventLoopGroup {
  ClosingEventLoops(int threads, ThreadFactory factory, IoHandlerFactory handlers) {
    super(threads, factory, handlers);
  }

  @Override
  protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
    return new Loop(this, executor, handlers);
  }

  private static final class Loop extends SingleThreadIoEventLoop {
    Loop(IoEventLoopGroup group, Executor executor, IoHandlerFactory handlers) {
      super(group, executor, handlers);
    }

    @Override
    protected void run() {
      super.run();
      // Closes what is still open; the tasks that this leads to are run before the thread ends.
      ioHandler().prepareToDestroy();
    }
  }
}
