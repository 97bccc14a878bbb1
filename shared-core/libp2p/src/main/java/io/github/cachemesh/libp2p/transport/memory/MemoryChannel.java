package io.github.cachemesh.libp2p.transport.memory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in memory. Unlike Netty's local channel it pushes back on a writer whose
 * peer does not read, it never reads within a call of {@link Channel#read}, and it runs on any
 * event loop, since it does no input or output.
 */
final class MemoryChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);
  private static final int MAX_MESSAGES_PER_READ = 16;

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final MemoryAddress local;
  private final MemoryAddress remote;
  private final Link link;
  private final Flow inbound;
  private final Flow outbound;
  private volatile @Nullable MemoryChannel peer;
  private volatile boolean open = true;
  private boolean readPending;

  private MemoryChannel(
      MemoryAddress local, MemoryAddress remote, Link link, Flow inbound, Flow outbound) {
    super(null);
    this.local = local;
    this.remote = remote;
    this.link = link;
    this.inbound = inbound;
    this.outbound = outbound;
    config.setAutoRead(false);
  }

  /** Both ends of a connection. */
  record Pair(MemoryChannel dialer, MemoryChannel listener) {
    static Pair over(
        Link link, MemoryNetwork network, MemoryAddress dialer, MemoryAddress listener) {
      Flow up = new Flow(link, network.ticker());
      Flow down = new Flow(link, network.ticker());
      MemoryChannel first = new MemoryChannel(dialer, listener, link, down, up);
      MemoryChannel second = new MemoryChannel(listener, dialer, link, up, down);
      first.peer = second;
      second.peer = first;
      return new Pair(first, second);
    }
  }

  boolean uses(Link other) {
    return link == other;
  }

  /** Closes it, from any thread, even if it has no event loop yet. */
  void end() {
    pipeline()
        .addFirst(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.eventLoop().execute(channel::close);
              }
            });
  }

  /** To be called when something may have arrived. */
  void wake() {
    if (isRegistered()) {
      eventLoop().execute(this::receive);
    }
  }

  private void arrives(long delayNanos) {
    MemoryChannel other = peer;
    if (other == null || !other.isRegistered()) {
      // It looks for itself when it begins to read.
      return;
    }
    if (delayNanos <= 0) {
      other.eventLoop().execute(other::receive);
    } else {
      other.eventLoop().schedule(other::receive, delayNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void receive() {
    if (!open) {
      return;
    }
    boolean received = false;
    for (int i = 0; i < MAX_MESSAGES_PER_READ && (received || readPending); i++) {
      ByteBuf bytes = inbound.receive();
      if (bytes == null) {
        break;
      }
      readPending = false;
      received = true;
      pipeline().fireChannelRead(bytes);
    }
    if (received) {
      pipeline().fireChannelReadComplete();
      wakeWriter();
    }
    if (inbound.isOver()) {
      unsafe().close(voidPromise());
    }
  }

  private void wakeWriter() {
    MemoryChannel other = peer;
    if (other != null && other.isRegistered() && inbound.wakesWriter()) {
      other.eventLoop().execute(() -> ((MemoryUnsafe) other.unsafe()).resume());
    }
  }

  @Override
  protected void doBeginRead() {
    readPending = true;
    eventLoop().execute(this::receive);
  }

  /** Copies, since the other end may decrypt in place. */
  @Override
  protected void doWrite(ChannelOutboundBuffer buffer) throws IOException {
    while (buffer.current() instanceof ByteBuf bytes && outbound.hasRoom()) {
      int length = bytes.readableBytes();
      arrives(outbound.send(alloc().buffer(length).writeBytes(bytes, bytes.readerIndex(), length)));
      buffer.remove();
    }
  }

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    throw new UnsupportedOperationException("only bytes can be written");
  }

  @Override
  protected void doClose() {
    if (open) {
      open = false;
      inbound.abandon();
      wakeWriter();
      arrives(outbound.end());
      peer = null;
    }
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("it is connected from its beginning");
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected SocketAddress localAddress0() {
    return local;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return remote;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new MemoryUnsafe();
  }

  private final class MemoryUnsafe extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
      promise.setFailure(new UnsupportedOperationException("it is connected from its beginning"));
    }

    void resume() {
      flush0();
    }
  }
}
