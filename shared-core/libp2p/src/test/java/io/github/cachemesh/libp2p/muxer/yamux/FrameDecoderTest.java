package io.github.cachemesh.libp2p.muxer.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FrameDecoderTest {
  private static final int MAX = 1024;

  @Example
  void headerIsAsTheSpecificationSays() {
    assertThat(ByteBufUtil.hexDump(new FrameHeader(FrameType.GO_AWAY, 0x0109, -2, 1).frame()))
        .isEqualTo("00030109fffffffe00000001");
  }

  @Property
  void framesAreTheSameHoweverTheyAreCut(
      @ForAll @Size(max = 20) List<@IntRange(max = MAX) Integer> payloads,
      @ForAll @IntRange(min = 1, max = 3000) int piece)
      throws Exception {
    ByteBuf flow = Unpooled.buffer();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < payloads.size(); i++) {
      int length = payloads.get(i);
      FrameType type = FrameType.of(i % 4);
      FrameHeader header = new FrameHeader(type, i, i - 7, length);
      header.write(flow);
      expected.add(header.toString());
      if (type == FrameType.DATA) {
        flow.writeBytes(new byte[length]);
        expected.add("payload " + length);
      }
    }
    Recorder recorder = new Recorder();
    FrameDecoder decoder = new FrameDecoder(MAX);
    while (flow.isReadable()) {
      decoder.decode(flow.readSlice(Math.min(piece, flow.readableBytes())), recorder);
    }
    assertThat(recorder.seen).isEqualTo(expected);
    assertThat(decoder.isBetweenFrames()).isTrue();
  }

  @Example
  void endWithinAHeaderOrAPayloadIsSeen() throws Exception {
    FrameDecoder decoder = new FrameDecoder(MAX);
    ByteBuf frame = new FrameHeader(FrameType.DATA, 0, 1, 2).frame();
    decoder.decode(frame.readSlice(5), new Recorder());
    assertThat(decoder.isBetweenFrames()).isFalse();
    decoder.decode(frame, new Recorder());
    assertThat(decoder.isBetweenFrames()).isFalse();
    decoder.decode(Unpooled.buffer().writeZero(2), new Recorder());
    assertThat(decoder.isBetweenFrames()).isTrue();
  }

  @Example
  void dataAboveTheBoundIsRefusedAndOtherLengthsAreNone() throws Exception {
    FrameDecoder decoder = new FrameDecoder(MAX);
    decoder.decode(new FrameHeader(FrameType.WINDOW_UPDATE, 0, 1, -1).frame(), new Recorder());
    assertThatThrownBy(
            () ->
                decoder.decode(
                    new FrameHeader(FrameType.DATA, 0, 1, MAX + 1).frame(), new Recorder()))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessage("a yamux frame of 1025 bytes, where no window is above 1024");
  }

  private static final class Recorder implements FrameDecoder.Sink {
    final List<String> seen = new ArrayList<>();
    private int payload;

    @Override
    public void frame(FrameHeader header) {
      seen.add(header.toString());
      payload = 0;
    }

    @Override
    public void payload(ByteBuf in, int bytes) {
      in.skipBytes(bytes);
      payload += bytes;
    }

    @Override
    public void payloadEnd() {
      seen.add("payload " + payload);
    }
  }
}
