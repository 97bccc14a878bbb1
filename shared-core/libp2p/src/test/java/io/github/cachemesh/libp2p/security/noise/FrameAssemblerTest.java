package io.github.cachemesh.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
  private final FrameAssembler assembler =
      new FrameAssembler(UnpooledByteBufAllocator.DEFAULT, 2, 4);

  private byte[] next(ByteBuf in) throws ProtocolViolationException {
    ByteBuf frame = assembler.next(in);
    if (frame == null) {
      return null;
    }
    byte[] bytes = ByteBufUtil.getBytes(frame);
    frame.release();
    return bytes;
  }

  private static ByteBuf bytes(int... values) {
    ByteBuf bytes = Unpooled.buffer();
    for (int value : values) {
      bytes.writeByte(value);
    }
    return bytes;
  }

  @Test
  void framesAreCutOutOneAfterTheOther() throws Exception {
    ByteBuf in = bytes(0, 2, 7, 8, 0, 3, 1, 2, 3, 0);
    assertThat(next(in)).containsExactly(7, 8);
    assertThat(next(in)).containsExactly(1, 2, 3);
    assertThat(next(in)).isNull();
    assertThat(in.isReadable()).isFalse();
  }

  @Test
  void frameMayComeByteByByte() throws Exception {
    for (int value : new int[] {0, 4, 1, 2, 3}) {
      assertThat(next(bytes(value))).isNull();
    }
    assertThat(next(bytes(4, 0))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void lengthBelowTheBoundIsRefused() {
    assertThatThrownBy(() -> assembler.next(bytes(0, 1, 9)))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessage("a Noise frame of 1 bytes, where 2 to 4 are allowed");
  }

  @Test
  void lengthAboveTheBoundIsRefusedBeforeAnythingElseComes() {
    assertThatThrownBy(() -> assembler.next(bytes(0xff, 0xff)))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessage("a Noise frame of 65535 bytes, where 2 to 4 are allowed");
  }

  @Test
  void partOfAFrameIsDroppedInTheEnd() throws Exception {
    assertThat(next(bytes(0, 4, 1))).isNull();
    assembler.close();
    assembler.close();
    assertThat(next(bytes(0, 2, 5, 6))).containsExactly(5, 6);
  }
}
