package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates one layer of a channel and then leaves the pipeline, passing on what came behind the
 * agreement. Reads only what it needs: automatic reading is off.
 */
final class NegotiationHandler extends ChannelInboundHandlerAdapter {
  /** What comes of it: exactly one call, on the event loop. */
  interface Outcome {
    /** Adds the next layer to the end of the pipeline. */
    void agreed(ProtocolId protocol);

    /** Closes the channel. */
    void failed(IOException reason);
  }

  private final Negotiator negotiator;
  private final Outcome outcome;
  private boolean over;

  NegotiationHandler(Negotiator negotiator, Outcome outcome) {
    this.negotiator = negotiator;
    this.outcome = outcome;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    send(context);
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf received = (ByteBuf) message;
    if (over) {
      received.release();
      return;
    }
    ProtocolId agreed;
    try {
      agreed = take(received);
    } catch (IOException e) {
      received.release();
      fail(e);
      return;
    }
    send(context);
    if (agreed == null) {
      received.release();
      return;
    }
    over = true;
    outcome.agreed(agreed);
    if (received.isReadable()) {
      context.fireChannelRead(received);
    } else {
      received.release();
    }
    context.pipeline().remove(this);
  }

  private @Nullable ProtocolId take(ByteBuf received) throws IOException {
    ByteBuffer bytes = received.nioBuffer();
    ProtocolId agreed = negotiator.take(bytes);
    received.skipBytes(received.readableBytes() - bytes.remaining());
    return agreed;
  }

  private void send(ChannelHandlerContext context) {
    ByteBuffer output = negotiator.output();
    if (output.hasRemaining()) {
      context.writeAndFlush(Unpooled.wrappedBuffer(output), context.voidPromise());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (over) {
      context.fireChannelReadComplete();
    } else {
      context.read();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(
        new ConnectionClosedException(
            "the connection broke while its protocols were negotiated", cause));
  }

  private void fail(IOException reason) {
    if (!over) {
      over = true;
      outcome.failed(reason);
    }
  }
}
