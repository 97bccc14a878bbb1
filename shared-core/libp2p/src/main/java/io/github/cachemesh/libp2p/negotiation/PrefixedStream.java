package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.MuxedStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream of which some bytes were read already: they come first. */
final class PrefixedStream extends ForwardingStream {
  private volatile @Nullable ByteBuffer prefix;

  private PrefixedStream(MuxedStream inner, ByteBuffer prefix) {
    super(inner);
    this.prefix = prefix;
  }

  /** The stream itself when nothing is left of it. */
  static MuxedStream of(MuxedStream stream, ByteBuffer prefix) {
    return prefix.hasRemaining() ? new PrefixedStream(stream, prefix) : stream;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    ByteBuffer first = prefix;
    if (first == null) {
      return inner.read(target);
    }
    int count = Math.min(first.remaining(), target.remaining());
    target.put(first.slice().limit(count));
    first.position(first.position() + count);
    if (!first.hasRemaining()) {
      prefix = null;
    }
    return count;
  }

  @Override
  public void closeRead() {
    prefix = null;
    super.closeRead();
  }

  @Override
  public void reset(IOException reason) {
    prefix = null;
    super.reset(reason);
  }
}
