package io.github.cachemesh.libp2p.muxer.yamux;

/** How many bytes the peer is ready to take; never above {@value #MAX}. Not thread-safe. */
final class SendWindow {
  /** An increase has 32 bits, so no honest peer goes beyond. */
  static final long MAX = 0xFFFF_FFFFL;

  private long bytes = ReceiveWindow.INITIAL_BYTES;

  long available() {
    return bytes;
  }

  void take(int taken) {
    bytes -= taken;
  }

  /**
   * @return whether the window is within its bound then
   */
  boolean grant(long increase) {
    bytes += increase;
    return bytes <= MAX;
  }
}
