package io.github.cachemesh.libp2p.muxer.yamux;

/** What a frame is for; the code on the wire is the ordinal. */
enum FrameType {
  DATA,
  WINDOW_UPDATE,
  PING,
  GO_AWAY;

  private static final FrameType[] BY_CODE = values();

  /** Reading {@link #values} copies it; here it is read once a frame. */
  static FrameType of(int code) {
    return BY_CODE[code];
  }

  static boolean isKnown(int code) {
    return code >= 0 && code < BY_CODE.length;
  }
}
