package io.github.cachemesh.libp2p.muxer.yamux;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How far the two flows of a stream are. Each is open once and ends once; what ends it first
 * counts. Not thread-safe.
 */
final class StreamState {
  private enum Flow {
    OPEN,
    /** By FIN. */
    ENDED,
    /** By RST, with the connection, or because this end gave up reading. */
    CUT
  }

  private Flow outgoing = Flow.OPEN;
  private Flow incoming = Flow.OPEN;
  private boolean peerEnded;
  private @Nullable IOException outgoingFailure;
  private @Nullable IOException incomingFailure;
  private int openingFlag;

  /**
   * @param openingFlag what the first frame of this end has to carry: SYN or ACK
   */
  StreamState(int openingFlag) {
    this.openingFlag = openingFlag;
  }

  /** The flags that the next frame must have; asked for once a frame. */
  int takeOpeningFlag() {
    int flag = openingFlag;
    openingFlag = 0;
    return flag;
  }

  boolean hasOpeningFlag() {
    return openingFlag != 0;
  }

  boolean isWritable() {
    return outgoing == Flow.OPEN;
  }

  /** Whether bytes of the peer are of interest still. */
  boolean isReadable() {
    return incoming == Flow.OPEN;
  }

  boolean hasEnded() {
    return incoming == Flow.ENDED;
  }

  /** Whether the peer said that no more comes, wherever this end is. */
  boolean isPeerDone() {
    return peerEnded;
  }

  /** Why writing fails; null if it does not, or was ended in order. */
  @Nullable IOException outgoingFailure() {
    return outgoingFailure;
  }

  @Nullable IOException incomingFailure() {
    return incomingFailure;
  }

  /**
   * @return whether this ended the flow, so that a FIN is due
   */
  boolean endOutgoing() {
    if (outgoing != Flow.OPEN) {
      return false;
    }
    outgoing = Flow.ENDED;
    return true;
  }

  /** The peer's FIN. */
  void endIncoming() {
    peerEnded = true;
    if (incoming == Flow.OPEN) {
      incoming = Flow.ENDED;
    }
  }

  /** This end reads no more, whether or not the peer has ended. */
  void giveUpReading(IOException reason) {
    if (incoming != Flow.CUT) {
      incoming = Flow.CUT;
      incomingFailure = reason;
    }
  }

  /** Ends what is open at once. */
  void cut(IOException reason) {
    if (outgoing == Flow.OPEN) {
      outgoing = Flow.CUT;
      outgoingFailure = reason;
    }
    if (incoming == Flow.OPEN) {
      incoming = Flow.CUT;
      incomingFailure = reason;
    }
  }

  /** Whether a reset ended the peer's interest in windows. */
  boolean isCut() {
    return outgoing == Flow.CUT;
  }

  /** Whether there is nothing left to do but to read what came before the peer's FIN. */
  boolean areFlowsOver() {
    return outgoing != Flow.OPEN && incoming != Flow.OPEN;
  }
}
