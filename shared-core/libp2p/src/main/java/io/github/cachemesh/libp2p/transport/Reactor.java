package io.github.cachemesh.libp2p.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of sockets and the kinds of channels that belong to them: epoll where the system
 * has it, else NIO. Thread-safe; many hosts may share one.
 */
public final class Reactor {
  private static final Duration QUIET = Duration.ZERO;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final EventLoopGroup group;
  private final boolean epoll;

  private Reactor(EventLoopGroup group, boolean epoll) {
    this.group = group;
    this.epoll = epoll;
  }

  /**
   * @param threads above 0; each is started when it is first needed
   */
  public static Reactor start(int threads) {
    return Epoll.isAvailable()
        ? new Reactor(group(threads, EpollIoHandler.newFactory()), true)
        : startNio(threads);
  }

  /** With NIO although the system may have epoll. */
  public static Reactor startNio(int threads) {
    return new Reactor(group(threads, NioIoHandler.newFactory()), false);
  }

  private static EventLoopGroup group(int threads, IoHandlerFactory handlers) {
    return new ClosingEventLoops(threads, new DefaultThreadFactory("libp2p", true), handlers);
  }

  public EventLoopGroup group() {
    return group;
  }

  public boolean isEpoll() {
    return epoll;
  }

  public Class<? extends SocketChannel> socketChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  public Class<? extends ServerSocketChannel> serverSocketChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  public Class<? extends DatagramChannel> datagramChannel() {
    return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }

  /** Ends the threads, within {@code 5 s}; channels that are open are closed. */
  public CompletableFuture<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    group
        .shutdownGracefully(QUIET.toMillis(), LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .addListener(_ -> closed.complete(null));
    return closed;
  }
}
