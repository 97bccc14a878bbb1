package io.github.cachemesh.libp2p.core;

import java.time.Duration;

/** A stream on which both ends have agreed on a protocol. Bytes as in {@link MuxedStream}. */
public interface Stream extends MuxedStream {
  ProtocolId protocol();

  Connection connection();

  /**
   * From now on the stream may take that long, then it is reset and blocked calls fail with {@link
   * DeadlineExceededException}. Replaces an earlier deadline.
   */
  void deadline(Duration fromNow);
}
