package io.github.cachemesh.libp2p.core;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The two ends of a connection, of which nothing arrives before it is carried over. What the last
 * handler of each end would get is recorded.
 */
public final class ChannelPair implements AutoCloseable {
  /** Records what the last handler gets. */
  public static final class Record extends ChannelInboundHandlerAdapter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Throwable> failures = new ArrayList<>();

    public byte[] bytes() {
      return bytes.toByteArray();
    }

    public List<Throwable> failures() {
      return failures;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf part = (ByteBuf) message;
      byte[] copy = new byte[part.readableBytes()];
      part.readBytes(copy);
      part.release();
      bytes.writeBytes(copy);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failures.add(cause);
    }
  }

  private final EmbeddedChannel dialer = new EmbeddedChannel();
  private final EmbeddedChannel listener = new EmbeddedChannel();
  private final Record dialerRecord = new Record();
  private final Record listenerRecord = new Record();

  public EmbeddedChannel channel(Role role) {
    return role == Role.DIALER ? dialer : listener;
  }

  public Record record(Role role) {
    return role == Role.DIALER ? dialerRecord : listenerRecord;
  }

  /** Puts the recorder at the end of the pipeline, as the next layer would. */
  public void listen(Role role) {
    channel(role).pipeline().addLast(record(role));
  }

  /** Carries everything over, in both directions, until both ends are silent. */
  public void carry() {
    carry(Integer.MAX_VALUE);
  }

  /**
   * @param pieceBytes what arrives in one piece at the most
   */
  public void carry(int pieceBytes) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Role from : Role.values()) {
        ByteBuf bytes = take(from);
        moved |= bytes.isReadable();
        while (bytes.isReadable()) {
          deliver(from.other(), bytes.readBytes(Math.min(pieceBytes, bytes.readableBytes())));
        }
        bytes.release();
      }
    }
    for (Role end : Role.values()) {
      if (!channel(end).isOpen()) {
        channel(end.other()).close();
      }
    }
  }

  /** Takes what an end has sent since, in one piece. */
  public ByteBuf take(Role from) {
    channel(from).runPendingTasks();
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = channel(from).readOutbound();
        part != null;
        part = channel(from).readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    return all;
  }

  /** Has an end read the bytes; drops them if it is closed. */
  public void deliver(Role to, ByteBuf bytes) {
    if (channel(to).isOpen()) {
      channel(to).writeInbound(bytes);
    } else {
      bytes.release();
    }
  }

  @Override
  public void close() {
    dialer.finishAndReleaseAll();
    listener.finishAndReleaseAll();
  }
}
