package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.EventLoops;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a session. Its frames are queued under its lock, so they leave in the order of its
 * state's changes; bytes are copied outside of it, so that neither the event loop nor the
 * application waits for the other's copying. Both flows are here since they share that lock and
 * together decide when the stream is over.
 */
final class YamuxStream implements MuxedStream {
  /** With its header this fills one Noise message: 65,535 bytes less a tag of 16. */
  static final int MAX_PAYLOAD_BYTES = 65_535 - 16 - FrameHeader.BYTES;

  /** Above this the reader is woken at once, below when all that came together is there. */
  private static final int WAKE_BYTES = 128 * 1024;

  private final YamuxSession session;
  private final Outbound outbound;
  private final int id;
  private final boolean isInbound;
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  // Guarded by this.
  private final StreamState state;
  private final SendWindow sendWindow = new SendWindow();
  private final ReceiveWindow receiveWindow;
  private final ReceiveBuffer received = new ReceiveBuffer();
  private boolean isOver;
  private boolean isUnacknowledged;

  /** Who waits for bytes, and who for window or room; set under the lock, before looking again. */
  private volatile @Nullable Thread reader;

  private volatile @Nullable Thread writer;

  /** Guarded by the outbound's lock. */
  boolean isQueuedForRoom;

  /** The event loop's: whether it is on the list of streams whose readers are to be woken. */
  boolean isWakeDue;

  YamuxStream(YamuxSession session, int id, boolean isInbound, ReceiveWindow receiveWindow) {
    this.session = session;
    this.outbound = session.outbound();
    this.id = id;
    this.isInbound = isInbound;
    this.receiveWindow = receiveWindow;
    this.isUnacknowledged = !isInbound;
    this.state = new StreamState(isInbound ? FrameHeader.ACK : FrameHeader.SYN);
  }

  int id() {
    return id;
  }

  boolean isInbound() {
    return isInbound;
  }

  // ---- the application

  @Override
  public int read(ByteBuffer target) throws IOException {
    EventLoops.refuse();
    if (!target.hasRemaining()) {
      return 0;
    }
    ByteBuf head = awaitBytes();
    if (head == null) {
      return -1;
    }
    int total = 0;
    while (true) {
      int bytes = copy(head, target);
      total += bytes;
      boolean isNowOver;
      synchronized (this) {
        received.putBack(head, bytes);
        head = target.hasRemaining() ? received.take() : null;
        if (head != null) {
          continue;
        }
        consume(total);
        isNowOver = settle();
      }
      afterwards(isNowOver);
      return total;
    }
  }

  private @Nullable ByteBuf awaitBytes() throws IOException {
    while (true) {
      synchronized (this) {
        ByteBuf head = received.take();
        if (head != null) {
          return head;
        }
        if (state.incomingFailure() != null) {
          throw state.incomingFailure();
        }
        if (state.hasEnded()) {
          return null;
        }
        reader = Thread.currentThread();
        if (state.hasOpeningFlag()) {
          sendControl(0, 0);
        }
      }
      outbound.kick();
      LockSupport.park(this);
      reader = null;
      if (Thread.interrupted()) {
        throw new InterruptedIOException("interrupted while waiting for bytes of a stream");
      }
    }
  }

  private static int copy(ByteBuf from, ByteBuffer to) {
    int bytes = Math.min(from.readableBytes(), to.remaining());
    int limit = to.limit();
    to.limit(to.position() + bytes);
    from.readBytes(to);
    to.limit(limit);
    return bytes;
  }

  /** Under the lock. */
  private void consume(int bytes) {
    receiveWindow.consume(bytes);
    if (!receiveWindow.isUpdateDue() || state.isPeerDone() || isOver || state.isCut()) {
      return;
    }
    int increase = receiveWindow.update(session.nowNanos(), session.roundTripNanos());
    if (increase > 0) {
      sendControl(0, increase);
    }
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    EventLoops.refuse();
    while (source.hasRemaining()) {
      int bytes = awaitRoom(Math.min(source.remaining(), MAX_PAYLOAD_BYTES));
      ByteBuf frame;
      try {
        frame = session.allocator().directBuffer(FrameHeader.BYTES + bytes);
      } catch (Throwable e) {
        outbound.giveBack(bytes);
        throw e;
      }
      frame.writerIndex(FrameHeader.BYTES);
      int limit = source.limit();
      frame.writeBytes(source.limit(source.position() + bytes));
      source.limit(limit);
      send(frame, bytes);
      outbound.kick();
    }
  }

  /** Takes as much of the window and room as there is, at least 1. */
  private int awaitRoom(int wanted) throws IOException {
    boolean isAdmitted = false;
    try {
      while (true) {
        synchronized (this) {
          failUnlessWritable();
          int bytes = (int) Math.min(wanted, sendWindow.available());
          writer = Thread.currentThread();
          if (bytes > 0 && outbound.admit(this, bytes)) {
            isAdmitted = true;
            sendWindow.take(bytes);
            return bytes;
          }
        }
        outbound.kick();
        LockSupport.park(this);
        if (Thread.interrupted()) {
          throw new InterruptedIOException("interrupted while waiting to write to a stream");
        }
      }
    } finally {
      writer = null;
      if (!isAdmitted) {
        outbound.passOn(this);
      }
    }
  }

  private synchronized void send(ByteBuf frame, int bytes) throws IOException {
    if (!state.isWritable()) {
      frame.release();
      outbound.giveBack(bytes);
      failUnlessWritable();
    }
    frame.setIndex(0, 0);
    new FrameHeader(FrameType.DATA, state.takeOpeningFlag(), id, bytes).write(frame);
    frame.writerIndex(FrameHeader.BYTES + bytes);
    outbound.add(frame);
  }

  private void failUnlessWritable() throws IOException {
    if (state.outgoingFailure() != null) {
      throw state.outgoingFailure();
    }
    if (!state.isWritable()) {
      throw new StreamResetException("this end closed the stream for writing");
    }
  }

  @Override
  public void closeWrite() {
    boolean isNowOver;
    synchronized (this) {
      if (!state.endOutgoing()) {
        return;
      }
      sendControl(FrameHeader.FIN, 0);
      isNowOver = settle();
    }
    wakeWriter();
    afterwards(isNowOver);
  }

  @Override
  public void closeRead() {
    boolean isNowOver;
    synchronized (this) {
      if (isOver) {
        return;
      }
      int unread = received.bytes();
      state.giveUpReading(new StreamResetException("this end stopped reading the stream"));
      received.discard();
      consume(unread);
      isNowOver = settle();
    }
    wakeReader();
    afterwards(isNowOver);
  }

  @Override
  public void reset(IOException reason) {
    boolean isNowOver;
    synchronized (this) {
      if (isOver) {
        return;
      }
      boolean isPeerConcerned = state.isWritable() || !state.isPeerDone();
      state.giveUpReading(reason);
      state.cut(reason);
      received.discard();
      if (isPeerConcerned) {
        sendControl(FrameHeader.RST, 0);
      }
      isNowOver = settle();
    }
    wakeReader();
    wakeWriter();
    afterwards(isNowOver);
  }

  @Override
  public CompletionStage<Void> over() {
    return over.minimalCompletionStage();
  }

  // ---- the event loop

  /**
   * A data frame begins.
   *
   * @return false when the stream is over meanwhile
   */
  synchronized boolean announce(long bytes) throws ProtocolViolationException {
    if (isOver) {
      return false;
    }
    if (bytes > 0 && state.isPeerDone()) {
      throw new ProtocolViolationException("data behind the end of yamux stream " + name());
    }
    if (!receiveWindow.receive(bytes)) {
      throw new ProtocolViolationException(
          "a frame of " + bytes + " bytes is beyond the window of yamux stream " + name());
    }
    return true;
  }

  /** A piece of a data frame, exactly so many bytes of the buffer. */
  void receive(ByteBuf in, int bytes) {
    int unread;
    synchronized (this) {
      if (!state.isReadable()) {
        in.skipBytes(bytes);
        consume(bytes);
        return;
      }
      received.add(in, bytes, session.allocator());
      unread = received.bytes();
    }
    if (reader == null) {
      return;
    }
    if (unread >= WAKE_BYTES) {
      wakeReader();
    } else {
      session.wakeWithTheOthers(this);
    }
  }

  /** The peer's FIN. */
  void endIncoming() {
    boolean isNowOver;
    synchronized (this) {
      state.endIncoming();
      isNowOver = settle();
    }
    wakeReader();
    tell(isNowOver);
  }

  /** The peer's RST, or the connection's end. What came before a FIN can still be read. */
  void cut(IOException reason) {
    boolean isNowOver;
    synchronized (this) {
      state.cut(reason);
      if (!state.hasEnded()) {
        received.discard();
      }
      isNowOver = settle();
    }
    wakeReader();
    wakeWriter();
    tell(isNowOver);
  }

  void grant(long bytes) throws ProtocolViolationException {
    boolean wasEmpty;
    synchronized (this) {
      wasEmpty = sendWindow.available() == 0;
      if (!sendWindow.grant(bytes)) {
        throw new ProtocolViolationException(
            "the window of yamux stream " + name() + " is beyond " + SendWindow.MAX + " bytes");
      }
    }
    if (wasEmpty) {
      wakeWriter();
    }
  }

  void wakeReader() {
    Thread waiting = reader;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /**
   * @return whether a writer waits
   */
  boolean wakeWriter() {
    Thread waiting = writer;
    LockSupport.unpark(waiting);
    return waiting != null;
  }

  /**
   * The peer's ACK, or the end of waiting for it.
   *
   * @return whether this end waited for it
   */
  synchronized boolean acknowledge() {
    boolean isFirst = isUnacknowledged;
    isUnacknowledged = false;
    return isFirst;
  }

  // ---- both

  /** Under the lock. */
  private void sendControl(int flags, int increase) {
    int all = flags | state.takeOpeningFlag();
    outbound.add(new FrameHeader(FrameType.WINDOW_UPDATE, all, id, increase).frame());
  }

  /** Queues the frame that opens the stream, which leaves with the next one. */
  synchronized void announceOpening() {
    sendControl(0, 0);
  }

  /** Under the lock. Returns whether the stream is over just now. */
  private boolean settle() {
    if (isOver || !state.areFlowsOver() || !received.isEmpty()) {
      return false;
    }
    isOver = true;
    receiveWindow.free();
    return true;
  }

  private void afterwards(boolean isNowOver) {
    outbound.kick();
    tell(isNowOver);
  }

  private void tell(boolean isNowOver) {
    if (isNowOver) {
      session.forget(this);
      over.complete(null);
    }
  }

  /** How much may be written at once without waiting for the peer. */
  synchronized long sendWindow() {
    return sendWindow.available();
  }

  synchronized int unreadBytes() {
    return received.bytes();
  }

  synchronized int receiveWindowBytes() {
    return receiveWindow.size();
  }

  private String name() {
    return Integer.toUnsignedString(id);
  }

  @Override
  public String toString() {
    return "yamux stream " + name();
  }
}
