package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.MuxedStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** A stream that is another, but for what its subclass changes. */
abstract class ForwardingStream implements MuxedStream {
  final MuxedStream inner;

  ForwardingStream(MuxedStream inner) {
    this.inner = inner;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return inner.read(target);
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    inner.write(source);
  }

  @Override
  public void closeWrite() {
    inner.closeWrite();
  }

  @Override
  public void closeRead() {
    inner.closeRead();
  }

  @Override
  public void reset(IOException reason) {
    inner.reset(reason);
  }

  @Override
  public CompletionStage<Void> over() {
    return inner.over();
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
