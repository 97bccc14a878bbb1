package io.github.cachemesh.libp2p.security.noise;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what leaves and decrypts what comes, frame by frame, from the end of the handshake on;
 * nothing that is not authentic is passed on. A frame that is not ends the channel, with a {@link
 * ProtocolViolationException} for the next handler.
 *
 * <p>What comes before anybody asks to read, such as right behind the handshake, waits until
 * somebody does; that is at most what the channel gives in one turn of reading. After that at most
 * a frame in each direction is held.
 */
final class TransportHandler extends ChannelDuplexHandler {
  private final CipherState receiving;
  private final FrameAssembler assembler;
  private final FrameWriter writer;
  private final ArrayDeque<ByteBuf> received = new ArrayDeque<>(2);

  private boolean isOpen;
  private boolean isDraining;
  private boolean isWanted;
  private boolean isBroken;

  /**
   * @param assembler between two frames
   */
  TransportHandler(TransportKeys keys, FrameAssembler assembler) {
    this.receiving = keys.receiving();
    this.assembler = assembler;
    this.writer = new FrameWriter(keys.sending());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (isBroken) {
      ReferenceCountUtil.release(message);
      return;
    }
    received.add((ByteBuf) message);
    if (isOpen) {
      drain(context);
    }
  }

  @Override
  public void read(ChannelHandlerContext context) {
    isWanted = true;
    if (isOpen || received.isEmpty()) {
      isOpen = true;
      context.read();
    } else {
      // Whoever asks may not be ready to take it within this very call.
      context.executor().execute(() -> open(context));
    }
  }

  private void open(ChannelHandlerContext context) {
    if (isOpen || context.isRemoved()) {
      return;
    }
    isOpen = true;
    drain(context);
    context.fireChannelReadComplete();
    if (!isBroken && (isWanted || context.channel().config().isAutoRead())) {
      context.read();
    }
  }

  /** The next handlers may ask for more while they are given some: order is kept all the same. */
  private void drain(ChannelHandlerContext context) {
    if (isDraining) {
      return;
    }
    isDraining = true;
    try {
      for (ByteBuf bytes = received.poll(); bytes != null; bytes = received.poll()) {
        decrypt(context, bytes);
      }
    } finally {
      isDraining = false;
    }
  }

  private void decrypt(ChannelHandlerContext context, ByteBuf bytes) {
    try {
      ByteBuf frame = isBroken ? null : assembler.next(bytes);
      while (frame != null) {
        decryptFrame(context, frame);
        frame = isBroken ? null : assembler.next(bytes);
      }
    } catch (AEADBadTagException e) {
      fail(
          context,
          new ProtocolViolationException("a Noise frame is not authentic, or not in order", e));
    } catch (IOException e) {
      fail(context, e);
    } finally {
      bytes.release();
    }
  }

  private void decryptFrame(ChannelHandlerContext context, ByteBuf frame)
      throws AEADBadTagException, NonceExhaustedException {
    ByteBuf plaintext = null;
    try {
      int length = receiving.decrypt(frame.array(), frame.arrayOffset(), frame.readableBytes());
      if (length > 0) {
        plaintext = frame.writerIndex(length);
      }
    } finally {
      if (plaintext == null) {
        frame.release();
      }
    }
    if (plaintext != null) {
      isWanted = false;
      context.fireChannelRead(plaintext);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    boolean isUnsatisfied = isWanted && !context.channel().config().isAutoRead();
    context.fireChannelReadComplete();
    if (isUnsatisfied && !isBroken) {
      context.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (isBroken) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    try {
      writer.write(context, (ByteBuf) message, promise);
    } catch (NonceExhaustedException e) {
      fail(context, e);
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    try {
      writer.finish(context);
    } catch (NonceExhaustedException e) {
      fail(context, e);
    }
    context.flush();
  }

  private void fail(ChannelHandlerContext context, IOException reason) {
    isBroken = true;
    release(reason);
    context.fireExceptionCaught(reason);
    context.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    isBroken = true;
    release(null);
  }

  private void release(@Nullable IOException reason) {
    assembler.close();
    writer.abandon(reason == null ? new ClosedChannelException() : reason);
    for (ByteBuf bytes = received.poll(); bytes != null; bytes = received.poll()) {
      bytes.release();
    }
  }
}
