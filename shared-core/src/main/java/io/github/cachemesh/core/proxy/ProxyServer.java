package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.stats.Statistics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The proxy's listeners. HTTP/1.1 over TCP and over a Unix socket; bounds: {@code maxConnections}
 * over all listeners, 128 pipelined requests a connection, 16 KiB a request line, 64 KiB of fields,
 * and {@link Timeouts}. Thread-safe.
 */
public final class ProxyServer implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 16 * 1024;
  private static final int MAX_FIELDS_BYTES = 64 * 1024;
  private static final int MAX_CHUNK_BYTES = 64 * 1024;

  /** How long replies under way may take when the proxy is closed. */
  static final Duration DRAIN = Duration.ofSeconds(10);

  /** How long the listeners and the event loops may take to end. */
  private static final Duration END = Duration.ofSeconds(5);

  private final Exchanges exchanges;
  private final ConnectionLimit limit;
  private final Clock clock;
  private final Timeouts timeouts;
  private final EventLoopGroup eventLoops =
      new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Channel> listening = new ArrayList<>();
  private final List<UnixSocketFile> socketFiles = new ArrayList<>();

  /**
   * What a proxy is made of; the proxy closes none of it.
   *
   * @param principals names who asks, by the fields of a request
   */
  public record Parts(
      Destinations destinations,
      CacheParts shared,
      Function<Fields, Principal> principals,
      OwnPages ownPages,
      Statistics statistics,
      int maxConnections,
      Timeouts timeouts) {}

  public ProxyServer(Parts parts) {
    this.exchanges =
        new Exchanges(
            parts.destinations(),
            new Gateway(parts.shared(), parts.principals()),
            new PassThrough(parts.shared().upstream(), parts.shared().cache()),
            parts.ownPages(),
            parts.statistics());
    this.limit = new ConnectionLimit(parts.maxConnections());
    this.clock = parts.shared().clock();
    this.timeouts = parts.timeouts();
  }

  /**
   * Listens on TCP.
   *
   * @param address port 0 for any free one
   * @return where it listens
   * @throws IOException when the address cannot be had; the message names it
   */
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    // The port is known only once the socket is bound, and clients may come at once.
    LateListener listener = new LateListener();
    Channel channel = bind(NioServerSocketChannel.class, address, listener);
    InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
    listener.set(Listener.tcp(address.getHostString(), bound.getPort(), clock));
    return bound;
  }

  /**
   * Listens on a Unix socket that only this user can open. A socket that nobody listens on any more
   * is replaced.
   *
   * @throws IOException when the path cannot be had; the message names it
   */
  public void listen(Path socket) throws IOException {
    UnixSocketFile file = UnixSocketFile.claim(socket);
    synchronized (this) {
      socketFiles.add(file);
    }
    LateListener listener = new LateListener();
    listener.set(Listener.unixSocket(clock));
    bind(NioServerDomainSocketChannel.class, file.bindAddress(), listener);
    file.publish();
  }

  private Channel bind(
      Class<? extends ServerChannel> type, SocketAddress address, LateListener listener)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initialise(channel.pipeline(), listener.get());
                  }
                });
    if (type == NioServerSocketChannel.class) {
      bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
    }
    try {
      Channel channel = bootstrap.bind(address).syncUninterruptibly().channel();
      synchronized (this) {
        listening.add(channel);
      }
      return channel;
    } catch (Exception e) {
      // Netty throws the IOException of a busy port without declaring it.
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  private void initialise(ChannelPipeline pipeline, Listener listener) {
    initialise(pipeline, exchanges, listener, limit, timeouts, workers);
  }

  static void initialise(
      ChannelPipeline pipeline,
      Exchanges exchanges,
      Listener listener,
      ConnectionLimit limit,
      Timeouts timeouts,
      Executor workers) {
    HeadTimeout headTimeout = new HeadTimeout(timeouts);
    pipeline
        .addLast(headTimeout)
        .addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_FIELDS_BYTES, MAX_CHUNK_BYTES))
        .addLast(new FlowControlHandler())
        .addLast(
            new ClientConnection(
                exchanges, listener, limit, headTimeout, timeouts.stall(), workers));
  }

  /** How many clients are connected. */
  public int connections() {
    return limit.size();
  }

  /**
   * Takes in no more clients, lets replies under way end within ten seconds, then closes all
   * connections.
   */
  @Override
  public void close() {
    List<Channel> channels;
    List<UnixSocketFile> files;
    synchronized (this) {
      channels = List.copyOf(listening);
      files = List.copyOf(socketFiles);
      listening.clear();
      socketFiles.clear();
    }
    files.forEach(UnixSocketFile::remove);
    channels.forEach(channel -> awaitAtMost(END, channel.close()));
    try {
      limit.drain(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
    awaitAtMost(END, eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS));
  }

  /** An event loop that has died of an error never completes what was asked of it. */
  private static void awaitAtMost(Duration limit, Future<?> ended) {
    var _ = ended.awaitUninterruptibly(limit.toMillis());
  }
}
