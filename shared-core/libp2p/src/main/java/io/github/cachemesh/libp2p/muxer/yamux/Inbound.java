package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does what the peer's frames say. What a peer can make this end do for nothing is bounded: pings,
 * streams beyond the limit and streams that it resets again, at most {@value #NUISANCES} in ten
 * seconds together; and answers that it does not read, at most {@value #MAX_ANSWERS}. The event
 * loop's.
 */
final class Inbound implements FrameDecoder.Sink {
  static final int NUISANCES = 1_000;
  static final int MAX_ANSWERS = 1_000;

  private static final Duration NUISANCE_PERIOD = Duration.ofSeconds(10);

  private final YamuxSession session;
  private final Allowance nuisances;
  private int answers;
  private int lastLateStream;

  /** Whose payload comes; null when nobody wants it. */
  private @Nullable YamuxStream receiver;

  private boolean isLastOfReceiver;

  Inbound(YamuxSession session) {
    this.session = session;
    this.nuisances = new Allowance(NUISANCES, NUISANCE_PERIOD, session.nowNanos());
  }

  @Override
  public void frame(FrameHeader header) throws ProtocolViolationException {
    switch (header.type()) {
      case DATA, WINDOW_UPDATE -> streamFrame(header);
      case PING -> ping(header);
      case GO_AWAY -> session.peerGoesAway(header.unsignedLength());
    }
  }

  @Override
  public void payload(ByteBuf in, int bytes) {
    if (receiver == null) {
      in.skipBytes(bytes);
    } else {
      receiver.receive(in, bytes);
    }
  }

  @Override
  public void payloadEnd() {
    if (receiver != null && isLastOfReceiver) {
      receiver.endIncoming();
    }
    receiver = null;
  }

  private void streamFrame(FrameHeader header) throws ProtocolViolationException {
    if (header.streamId() == 0) {
      throw new ProtocolViolationException("a yamux stream with the id 0, which is the session's");
    }
    receiver = null;
    YamuxStream stream =
        header.has(FrameHeader.SYN) ? accept(header) : session.stream(header.streamId());
    if (stream == null) {
      late(header);
      return;
    }
    if (header.has(FrameHeader.ACK)) {
      session.acknowledged(stream);
    }
    if (header.has(FrameHeader.RST)) {
      if (stream.isInbound()) {
        nuisance();
      }
      stream.cut(new StreamResetException("the peer reset the stream" + code(header)));
    } else if (header.type() == FrameType.DATA) {
      if (stream.announce(header.unsignedLength())) {
        receiver = stream;
        isLastOfReceiver = header.has(FrameHeader.FIN);
      } else {
        late(header);
      }
    } else {
      stream.grant(header.unsignedLength());
      if (header.has(FrameHeader.FIN)) {
        stream.endIncoming();
      }
    }
  }

  /** go-libp2p says why in the length of a window update. */
  private static String code(FrameHeader header) {
    return header.type() == FrameType.WINDOW_UPDATE && header.length() != 0
        ? " with code " + header.unsignedLength()
        : "";
  }

  private @Nullable YamuxStream accept(FrameHeader header) throws ProtocolViolationException {
    int id = header.streamId();
    if (!session.isPeersId(id)) {
      throw new ProtocolViolationException(
          "the peer opened a yamux stream with an id of this end's: "
              + Integer.toUnsignedString(id));
    }
    if (session.stream(id) != null) {
      throw new ProtocolViolationException(
          "the peer opened a yamux stream that is open: " + Integer.toUnsignedString(id));
    }
    if (header.has(FrameHeader.RST)) {
      nuisance();
      return null;
    }
    YamuxStream stream = session.accept(id);
    if (stream == null) {
      nuisance();
      reject(id);
    }
    return stream;
  }

  /**
   * For a stream that is over, or was refused. Mostly the peer could not know; but one that goes on
   * sending has to be told, or it would wait for a window.
   */
  private void late(FrameHeader header) {
    if (header.type() == FrameType.DATA
        && header.length() != 0
        && !header.has(FrameHeader.FIN | FrameHeader.RST)
        && answers < MAX_ANSWERS) {
      reject(header.streamId());
    }
  }

  private void reject(int id) {
    if (id != lastLateStream) {
      lastLateStream = id;
      answer(new FrameHeader(FrameType.WINDOW_UPDATE, FrameHeader.RST, id, 0));
    }
  }

  private void ping(FrameHeader header) throws ProtocolViolationException {
    if (header.has(FrameHeader.SYN)) {
      nuisance();
      answer(new FrameHeader(FrameType.PING, FrameHeader.ACK, 0, header.length()));
    } else if (header.has(FrameHeader.ACK)) {
      session.pong(header.length());
    }
  }

  private void answer(FrameHeader header) {
    if (session.outbound().isEmpty()) {
      answers = 0;
    }
    answers++;
    session.outbound().add(header.frame());
  }

  private void nuisance() throws ProtocolViolationException {
    if (!nuisances.take(session.nowNanos())) {
      throw new ProtocolViolationException(
          "more than %d pings, refused streams and resets within %d s"
              .formatted(NUISANCES, NUISANCE_PERIOD.toSeconds()));
    }
    if (answers >= MAX_ANSWERS && !session.outbound().isEmpty()) {
      throw new ProtocolViolationException(
          "the peer does not read " + MAX_ANSWERS + " answers that it asked for");
    }
  }
}
