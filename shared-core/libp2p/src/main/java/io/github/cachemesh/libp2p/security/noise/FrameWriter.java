package io.github.cachemesh.libp2p.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.PromiseNotifier;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;

/**
 * Gathers what is written into frames as long as they may be, in order: a full one leaves at once,
 * the rest with the next flush. So less than one frame waits. Confined to the event loop.
 */
final class FrameWriter {
  /** The most bytes that fit into one frame. */
  static final int MAX_PLAINTEXT_BYTES = Handshake.MAX_MESSAGE_BYTES - CipherState.TAG_BYTES;

  /** Where a frame is put together; the thread's, so that channels need none of their own. */
  private static final FastThreadLocal<byte[]> FRAME =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[FrameAssembler.LENGTH_BYTES + Handshake.MAX_MESSAGE_BYTES];
        }
      };

  private record Part(ByteBuf bytes, ChannelPromise promise) {}

  private final CipherState key;
  private final ArrayDeque<Part> parts = new ArrayDeque<>(2);
  private long waitingBytes;

  FrameWriter(CipherState key) {
    this.key = key;
  }

  /**
   * Takes bytes over, and writes frames that are full.
   *
   * @param promise kept when the last of the bytes is written
   */
  void write(ChannelHandlerContext context, ByteBuf bytes, ChannelPromise promise)
      throws NonceExhaustedException {
    if (!bytes.isReadable()) {
      bytes.release();
      context.write(Unpooled.EMPTY_BUFFER, promise);
      return;
    }
    parts.add(new Part(bytes, promise));
    waitingBytes += bytes.readableBytes();
    while (waitingBytes >= MAX_PLAINTEXT_BYTES) {
      writeFrame(context);
    }
  }

  /** Writes what waits, as one frame. */
  void finish(ChannelHandlerContext context) throws NonceExhaustedException {
    if (waitingBytes > 0) {
      writeFrame(context);
    }
  }

  private void writeFrame(ChannelHandlerContext context) throws NonceExhaustedException {
    byte[] frame = FRAME.get();
    List<ChannelPromise> promises = new ArrayList<>(1);
    int length = encrypt(key.encryption(), frame, promises);
    ByteBuf out = context.alloc().ioBuffer(FrameAssembler.LENGTH_BYTES + length);
    out.writeShort(length).writeBytes(frame, 0, length);
    context.write(out, join(context, promises));
  }

  /** Returns the length of the message, which then is at the array's beginning. */
  private int encrypt(Cipher cipher, byte[] frame, List<ChannelPromise> finished) {
    int room = MAX_PLAINTEXT_BYTES;
    int end = 0;
    try {
      for (Part part = parts.peek(); part != null && room > 0; part = parts.peek()) {
        int length = Math.min(room, part.bytes.readableBytes());
        end += encrypt(cipher, part.bytes, length, frame, end);
        room -= length;
        waitingBytes -= length;
        if (!part.bytes.isReadable()) {
          parts.remove();
          part.bytes.release();
          finished.add(part.promise);
        }
      }
      return end + cipher.doFinal(frame, end);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encryption in memory cannot fail", e);
    }
  }

  private static int encrypt(Cipher cipher, ByteBuf in, int length, byte[] out, int offset)
      throws GeneralSecurityException {
    if (in.hasArray()) {
      int from = in.arrayOffset() + in.readerIndex();
      in.skipBytes(length);
      return cipher.update(in.array(), from, length, out, offset);
    }
    in.readBytes(out, offset, length);
    return cipher.update(out, offset, length, out, offset);
  }

  private static ChannelPromise join(ChannelHandlerContext context, List<ChannelPromise> promises) {
    if (promises.size() == 1) {
      return promises.getFirst();
    }
    ChannelPromise joined = context.newPromise();
    ChannelPromise[] kept =
        promises.stream().filter(promise -> !promise.isVoid()).toArray(ChannelPromise[]::new);
    if (kept.length > 0) {
      joined.addListener(new PromiseNotifier<>(false, kept));
    }
    return joined;
  }

  /** Drops what waits. May be called again. */
  void abandon(IOException reason) {
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      part.bytes.release();
      part.promise.tryFailure(reason);
    }
    waitingBytes = 0;
  }
}
