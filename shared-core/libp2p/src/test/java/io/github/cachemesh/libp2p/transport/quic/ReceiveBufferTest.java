package io.github.cachemesh.libp2p.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
  private static final int HALF = ReceiveBuffer.HIGH_BYTES / 2;

  private long reserved;
  private long limit = Long.MAX_VALUE;
  private int rooms;
  private int exhaustions;
  private final ReceiveBuffer received =
      new ReceiveBuffer(
          new MemoryBudget() {
            @Override
            public boolean reserve(long bytes) {
              if (reserved + bytes > limit) {
                return false;
              }
              reserved += bytes;
              return true;
            }

            @Override
            public void release(long bytes) {
              reserved -= bytes;
            }
          },
          new ReceiveBuffer.Events() {
            @Override
            public void room() {
              rooms++;
            }

            @Override
            public void exhausted() {
              exhaustions++;
            }
          });

  @AfterEach
  void everythingIsGivenBack() {
    received.fail(new IOException("over"));
    assertThat(reserved).isZero();
  }

  private static ByteBuf bytes(int capacity) {
    return Unpooled.buffer(capacity, capacity).writeZero(capacity);
  }

  private int read(int length) throws IOException {
    return received.read(ByteBuffer.allocate(length));
  }

  @Test
  void readsAcrossBuffers() throws Exception {
    received.add(Unpooled.copiedBuffer(new byte[] {1, 2}));
    received.add(Unpooled.copiedBuffer(new byte[] {3, 4}));
    ByteBuffer target = ByteBuffer.allocate(3);
    assertThat(received.read(target)).isEqualTo(3);
    assertThat(target.array()).containsExactly(1, 2, 3);
    assertThat(read(3)).isEqualTo(1);
  }

  @Test
  void pausesWhenFullAndGoesOnWhenNearlyEmpty() throws Exception {
    assertThat(received.add(bytes(HALF))).isEqualTo(ReceiveBuffer.Next.GO_ON);
    assertThat(received.add(bytes(HALF))).isEqualTo(ReceiveBuffer.Next.PAUSE);
    read(HALF);
    assertThat(rooms).isZero();
    read(HALF);
    assertThat(rooms).isEqualTo(1);
    assertThat(received.add(bytes(1))).isEqualTo(ReceiveBuffer.Next.GO_ON);
  }

  @Test
  void memoryThatIsHeldCountsNotBytes() throws Exception {
    ByteBuf mostlyEmpty = Unpooled.buffer(ReceiveBuffer.HIGH_BYTES).writeByte(1);
    assertThat(received.add(mostlyEmpty)).isEqualTo(ReceiveBuffer.Next.PAUSE);
    assertThat(reserved).isEqualTo(ReceiveBuffer.HIGH_BYTES);
  }

  @Test
  void endIsReadBehindTheLastByte() throws Exception {
    received.add(bytes(2));
    received.end();
    assertThat(exhaustions).isZero();
    assertThat(read(2)).isEqualTo(2);
    assertThat(exhaustions).isEqualTo(1);
    assertThat(read(2)).isEqualTo(-1);
    assertThat(exhaustions).isEqualTo(1);
  }

  @Test
  void failureDropsWhatWasNotRead() throws Exception {
    ByteBuf dropped = bytes(2);
    received.add(dropped);
    received.fail(new IOException("first"));
    received.fail(new IOException("second"));
    assertThat(dropped.refCnt()).isZero();
    assertThatThrownBy(() -> read(1)).hasMessage("first");
    ByteBuf late = bytes(2);
    assertThat(received.add(late)).isEqualTo(ReceiveBuffer.Next.DROPPED);
    assertThat(late.refCnt()).isZero();
  }

  @Test
  void failureOfAFullOneMakesRoomForWhatIsDropped() throws Exception {
    received.add(bytes(ReceiveBuffer.HIGH_BYTES));
    received.fail(new IOException("enough"));
    assertThat(rooms).isEqualTo(1);
    received.end();
    assertThat(exhaustions).isEqualTo(1);
  }

  @Test
  void spentBudgetRefuses() {
    limit = 3;
    ByteBuf tooLarge = bytes(4);
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> received.add(tooLarge));
    assertThat(tooLarge.refCnt()).isZero();
  }
}
