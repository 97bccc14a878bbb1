package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.stats.Statistics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
  private final Set<OpenListener> listeners = new LinkedHashSet<>();
  private boolean closed;

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
   * @throws IOException when the address cannot be had; the message names it
   */
  public OpenListener listen(InetSocketAddress address) throws IOException {
    // The port is known only once the socket is bound, and clients may come at once.
    LateListener late = new LateListener();
    Channel channel = bind(NioServerSocketChannel.class, address, late, address);
    int port = port(channel);
    late.set(Listener.tcp(address.getHostString(), port, clock));
    return opened(new OpenListener(this, channel, null, baseUrl(address.getHostString(), port)));
  }

  /**
   * Listens on a Unix socket that only this user can open. A socket that nobody listens on any more
   * is replaced.
   *
   * @throws IOException when the path cannot be had; the message names it
   */
  public OpenListener listen(Path socket) throws IOException {
    UnixSocketFile file = UnixSocketFile.claim(socket);
    LateListener late = new LateListener();
    late.set(Listener.unixSocket(clock));
    Channel channel = bind(NioServerDomainSocketChannel.class, file.bindAddress(), late, socket);
    OpenListener listener = opened(new OpenListener(this, channel, file, "http://localhost"));
    try {
      file.publish();
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    return listener;
  }

  /**
   * Listens on TCP for those who know a secret: only what lies below the URL's path is served, as
   * the API's base URL, whatever host a request names. To everything else, absolute targets
   * included, nothing is there.
   *
   * @param secretBase {@code http://IP:PORT/SECRET}; port 0 for any free one
   * @throws IOException when the address cannot be had; the message names it, and not the secret
   * @throws IllegalArgumentException when the URL names no IP address and port
   */
  public OpenListener listen(URI secretBase) throws IOException {
    String named = secretBase.getHost();
    if (named == null) {
      throw new IllegalArgumentException("a listener's URL names an IP address");
    }
    String host = named.replaceAll("[\\[\\]]", "");
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.ofLiteral(host), secretBase.getPort());
    LateListener late = new LateListener();
    Channel channel = bind(NioServerSocketChannel.class, address, late, address);
    URI base = URI.create(baseUrl(host, port(channel)) + secretBase.getRawPath());
    late.set(Listener.below(SecretBase.of(base), clock));
    return opened(new OpenListener(this, channel, null, base.toString()));
  }

  private static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private static String baseUrl(String host, int port) {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private OpenListener opened(OpenListener listener) throws IOException {
    synchronized (this) {
      if (!closed) {
        listeners.add(listener);
        return listener;
      }
    }
    listener.close();
    throw closedException();
  }

  private synchronized void requireOpen() throws IOException {
    if (closed) {
      throw closedException();
    }
  }

  private static IOException closedException() {
    return new IOException("cannot listen any more: the proxy is closed");
  }

  private Channel bind(
      Class<? extends ServerChannel> type,
      SocketAddress address,
      LateListener listener,
      Object name)
      throws IOException {
    requireOpen();
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
      return bootstrap.bind(address).syncUninterruptibly().channel();
    } catch (Exception e) {
      // Netty throws the IOException of a busy port without declaring it.
      throw new IOException("cannot listen on " + name + ": " + e.getMessage(), e);
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

  void close(OpenListener listener) {
    synchronized (this) {
      listeners.remove(listener);
    }
    listener.hide();
    awaitAtMost(END, listener.channel().close());
    limit.dropIdleOf(listener.channel());
  }

  /**
   * Takes in no more clients, lets replies under way end within ten seconds, then closes all
   * connections.
   */
  @Override
  public void close() {
    List<OpenListener> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(listeners);
      listeners.clear();
    }
    open.forEach(OpenListener::hide);
    // One after another would take as many times as long where an event loop has died.
    List<ChannelFuture> closing = open.stream().map(it -> it.channel().close()).toList();
    long deadlineNanos = System.nanoTime() + END.toNanos();
    for (ChannelFuture future : closing) {
      awaitAtMost(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())), future);
    }
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
